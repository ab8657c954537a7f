import { InvalidArgumentError } from 'commander';
import { durationMs } from '../duration-argument.js';

const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/;
const TIME_OF_DAY = /^\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?$/;

/**
 * A moment: `10m` ago, `18:00` when it was last that time, `2026-11-21`, `2026-11-21T18:00` or with a zone of its own; otherwise local.
 * @returns ms since 1970 @throws InvalidArgumentError
 */
export function momentArgument(text: string): number {
  const ago = durationMs(text);
  const moment = ago === undefined ? dateOf(text) : Date.now() - ago;
  if (!Number.isFinite(moment)) {
    throw new InvalidArgumentError('It must be a moment such as 10m (ago), 18:00 or 2026-11-21T18:00.');
  }
  return moment;
}

function dateOf(text: string): number {
  if (TIME_OF_DAY.test(text)) return lastTimeItWas(text);
  const [, date, time = '00:00', zone = ''] = DATE.exec(text) ?? [];
  // Without a time, Date would take it for UTC.
  return date === undefined ? Number.NaN : Date.parse(`${date}T${time}${zone}`);
}

function lastTimeItWas(timeOfDay: string): number {
  const day = new Date();
  const on = () => Date.parse(`${localDate(day)}T${timeOfDay}`);
  if (on() > Date.now()) day.setDate(day.getDate() - 1);
  return on();
}

function localDate(day: Date): string {
  const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
