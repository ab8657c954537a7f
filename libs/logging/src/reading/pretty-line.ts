import { LOG_LEVELS } from '../levels/log-levels.js';
import { escapeControlCharacters } from '../lines/control-characters.js';
import type { LogLine } from '../lines/log-line.js';
import { textOf, type PlainFields } from '../lines/plain.js';
import { prettyFormat } from '../lines/pretty-format.js';
import type { ReadLine } from './read-line.js';

const LEVELS: readonly unknown[] = LOG_LEVELS;

/** Makes text for people of a line that was read, of an access line too; any other stays as it is, without what could command a terminal. */
export function prettyLine(coloured: boolean): (line: ReadLine) => string {
  const pretty = prettyFormat(coloured);

  return (line) => {
    const entry = asLogLine(line.fields);
    return entry
      ? // Its time of day is the first that stands there.
        pretty(entry).replace(/\d\d:\d\d:\d\d/, localTime(line.timeMs))
      : escapeControlCharacters(line.text);
  };
}

function asLogLine(fields: Readonly<Record<string, unknown>> | undefined): LogLine | undefined {
  if (!fields || Number.isNaN(Date.parse(String(fields['time'])))) return undefined;
  if (LEVELS.includes(fields['level']) && typeof fields['message'] === 'string') return fields as LogLine;
  return typeof fields['method'] === 'string' && typeof fields['status'] === 'number'
    ? accessLine(fields as PlainFields)
    : undefined;
}

function accessLine({ time, method, url, status, ...fields }: PlainFields): LogLine {
  const told = Object.entries(fields).filter(([, value]) => value !== null);
  const line: PlainFields = {
    ...Object.fromEntries(told),
    time: time ?? null,
    level: Number(status) >= 500 ? 'error' : Number(status) >= 400 ? 'warn' : 'info',
    context: 'access',
    message: `${textOf(method)} ${textOf(url)} ${textOf(status)}`,
  };
  return line as LogLine;
}

/** `2026-11-21 18:00:00.123`, in the zone of whoever reads. */
function localTime(timeMs: number): string {
  const local = new Date(timeMs - new Date(timeMs).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 23).replace('T', ' ');
}
