import { InvalidArgumentError } from 'commander';

/** What the lines are searched for. @throws InvalidArgumentError */
export function patternArgument(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}.`);
  }
}

/** How many lines. @throws InvalidArgumentError */
export function countArgument(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number, 0 to 999999.');
  return Number(text);
}

/** The name of a log in the folder of logs, such as `error`. @throws InvalidArgumentError */
export function sourceArgument(text: string, before: readonly string[] = []): readonly string[] {
  const name = text.replace(/\.log$/, '');
  if (!/^\w[\w.-]*$/.test(name)) {
    throw new InvalidArgumentError('It must be the name of a log, such as combined, error or access.');
  }
  return [...before, name];
}
