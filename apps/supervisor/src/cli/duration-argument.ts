import { InvalidArgumentError } from 'commander';

const DURATION = /^(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** `90s`, `5m`, `1h30m`, `2d`. @throws InvalidArgumentError @returns ms */
export function durationArgument(text: string): number {
  const ms = durationMs(text);
  if (ms === undefined) throw new InvalidArgumentError('It must be a duration such as 90s, 5m or 1h30m.');
  return ms;
}

/** @returns undefined if it is no duration */
export function durationMs(text: string): number | undefined {
  const [whole, days, hours, minutes, seconds] = DURATION.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const count = (part: string | undefined) => Number(part ?? 0);
  return (((count(days) * 24 + count(hours)) * 60 + count(minutes)) * 60 + count(seconds)) * 1000;
}
