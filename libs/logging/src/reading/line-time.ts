import { jsonFields } from './read-line.js';

/** How the lines of this library begin. */
const OUR_HEAD = '{"time":"';
const OUR_TIME_END = OUR_HEAD.length + '2026-11-21T18:00:00.123Z'.length;

/** `21/Nov/2026:18:00:00 +0000`, as web servers have it. */
const WEB_SERVER_TIME = /\[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})\]/;
/** `2026-11-21T18:00:00.123Z` at the beginning or in brackets, and `Sat, 21 Nov 2026 18:00:00 GMT` in brackets. */
const OTHER_TIME =
  /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d))|\[(\d{4}-\d\d-\d\dT[\d:.]+Z|\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT)\]/;

/** The time that a line tells of itself, in ms since 1970; undefined if it tells none. */
export function ownTimeOf(raw: string): number | undefined {
  const timeMs = raw.startsWith('{') ? timeOfJson(raw) : timeOfText(raw);
  return Number.isFinite(timeMs) ? timeMs : undefined;
}

function timeOfJson(raw: string): number {
  if (raw.startsWith(OUR_HEAD)) {
    // Also of a line that was torn further behind; and several times as fast as to read all of it.
    const timeMs = Date.parse(raw.slice(OUR_HEAD.length, OUR_TIME_END));
    if (!Number.isNaN(timeMs)) return timeMs;
  }
  const time = jsonFields(raw)?.['time'];
  return typeof time === 'number' ? time : Date.parse(String(time));
}

function timeOfText(raw: string): number {
  const [, day, month, year, time, zone] = WEB_SERVER_TIME.exec(raw) ?? [];
  if (day !== undefined) return Date.parse(`${day} ${month} ${year} ${time} ${zone}`);
  const [, atStart, inBrackets] = OTHER_TIME.exec(raw) ?? [];
  return Date.parse(atStart ?? inBrackets ?? '');
}
