import { InvalidArgumentError } from 'commander';

/** As many as the supervisor remembers. */
const MOST_DECISIONS = 1000;

/** pm2's number of a worker. @throws InvalidArgumentError */
export function pmIdArgument(text: string): number {
  const value = wholeNumber(text);
  if (value === undefined) {
    throw new InvalidArgumentError('It must be the number of a worker, as `ops workers` shows it.');
  }
  return value;
}

/** How many decisions. @throws InvalidArgumentError */
export function limitArgument(text: string): number {
  const value = wholeNumber(text);
  if (value === undefined || value < 1 || value > MOST_DECISIONS) {
    throw new InvalidArgumentError(`It must be a whole number, 1 to ${MOST_DECISIONS}.`);
  }
  return value;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
