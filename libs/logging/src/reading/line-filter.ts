import { LOG_LEVELS, type LogLevel } from '../levels/log-levels.js';
import type { ReadLine } from './read-line.js';

/** Which lines are wanted: those for which everything holds that is given. */
export interface LineQuery {
  /** In ms since 1970. */
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
  /** This one and graver ones; lines without a level are not. */
  readonly level?: LogLevel | undefined;
  readonly context?: string | undefined;
  readonly requestId?: string | undefined;
  /** pm2's number. */
  readonly worker?: number | undefined;
  /** What the text of the line is searched for. */
  readonly pattern?: RegExp | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

export function lineFilter(query: LineQuery): (line: ReadLine) => boolean {
  const { sinceMs = -Infinity, untilMs = Infinity, pattern } = query;
  const hints = hintsOf(query);
  const fieldTests = fieldTestsOf(query);
  const isForeignButNamesIt = foreignTestOf(query);

  return (line) => {
    const { timeMs, raw } = line;
    if (timeMs < sinceMs || timeMs > untilMs) return false;
    if (!hints.every((hint) => hint.test(raw))) return false;
    if (pattern && !pattern.test(line.text)) return false;
    if (fieldTests.length === 0) return true;
    const { fields } = line;
    return fields ? fieldTests.every((test) => test(fields)) : isForeignButNamesIt(line.text);
  };
}

function fieldTestsOf({ level, context, requestId, worker }: LineQuery): ((fields: Fields) => boolean)[] {
  return [
    ...(level === undefined ? [] : [(fields: Fields) => thisOrGraver(level).includes(fields['level'])]),
    ...(context === undefined ? [] : [(fields: Fields) => fields['context'] === context]),
    ...(requestId === undefined ? [] : [(fields: Fields) => fields['requestId'] === requestId]),
    ...(worker === undefined ? [] : [(fields: Fields) => fields['worker'] === worker]),
  ];
}

/** What stands in every line that is wanted, whoever wrote it: to look for that is several times as fast as to parse. */
function hintsOf({ level, context, requestId, worker }: LineQuery): readonly RegExp[] {
  const texts = [context, requestId].filter((text) => text !== undefined && /^[\w-]+$/.test(text));
  return [
    ...texts.map((text) => new RegExp(String(text))),
    ...(level === undefined ? [] : [new RegExp(`"level":\\s*"(?:${thisOrGraver(level).join('|')})"`)]),
    ...(worker === undefined ? [] : [new RegExp(`"worker":\\s*${worker}\\b`)]),
  ];
}

function thisOrGraver(level: LogLevel): readonly unknown[] {
  return LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(level) + 1);
}

/** A line that is no JSON has no fields, but may name the request; it cannot be known to be of a level, context or worker. */
function foreignTestOf({ level, context, requestId, worker }: LineQuery): (text: string) => boolean {
  if (requestId === undefined || [level, context, worker].some((asked) => asked !== undefined))
    return () => false;
  const id = requestId.replaceAll(/\W/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  const word = new RegExp(`(?<![\\w-])${id}(?![\\w-])`, 'u');
  return (text) => word.test(text);
}
