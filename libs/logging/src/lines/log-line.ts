import type { LogLevel } from '../levels/log-levels.js';
import { isoTime } from './iso-time.js';
import { readLogArguments, type LogArguments } from './log-arguments.js';
import { plainCopy } from './plain-copy.js';
import { isFields, setField, type PlainFields } from './plain.js';
import { parseRedactedPaths, type RedactedPaths } from './redacted-paths.js';

interface LineHead extends PlainFields {
  time: string;
  level: LogLevel;
  message: string;
}

/** One entry of the log, ready to be written: plain data without secrets. */
export interface LogLine extends LineHead {
  pid: number;
}

export interface LogLineOptions {
  /** Paths of fields that are secret, from the top of a line on: `user.email`, `items.*.card`. @default none */
  readonly redact?: readonly string[];
  /** pm2's number of this worker. @default none */
  readonly worker?: number;
}

/** @param ambient fields of the work that logs, such as its request; the call's own fields win over them. */
export type MakeLogLine = (level: LogLevel, args: readonly unknown[], ambient: unknown) => LogLine;

/** @throws Error if a path cannot be redacted. */
export function logLineMaker({ redact = [], worker }: LogLineOptions = {}): MakeLogLine {
  const paths = redact.length > 0 ? parseRedactedPaths(redact) : undefined;
  const origin = worker === undefined ? { pid: process.pid } : { pid: process.pid, worker };

  return (level, args, ambient) => {
    const read = readLogArguments(args, paths);
    const line = lineHead(level, read);
    addFields(line, ambientFields(ambient, paths), read);
    for (const fields of read.fields) addFields(line, fields, read);
    const [error, ...otherErrors] = read.errors;
    if (error) line['error'] = error;
    if (otherErrors.length > 0) line['otherErrors'] = otherErrors;
    return Object.assign(line, origin);
  };
}

function lineHead(level: LogLevel, { context, message }: LogArguments): LineHead {
  const time = isoTime();
  return context === undefined ? { time, level, message } : { time, level, context, message };
}

function ambientFields(ambient: unknown, paths: RedactedPaths | undefined): PlainFields {
  if (ambient === undefined) return {};
  const copy = plainCopy(ambient, paths);
  return isFields(copy) ? copy : {};
}

/** A field must not be able to pass for one of the line's own. */
function addFields(line: PlainFields, fields: PlainFields, read: LogArguments): void {
  for (const name of Object.keys(fields))
    setField(line, isTaken(name, read) ? `_${name}` : name, fields[name]);
}

function isTaken(name: string, { context, errors }: LogArguments): boolean {
  switch (name) {
    case 'time':
    case 'level':
    case 'message':
    case 'pid':
    case 'worker':
      return true;
    case 'context':
      return context !== undefined;
    case 'error':
      return errors.length > 0;
    case 'otherErrors':
      return errors.length > 1;
    default:
      return false;
  }
}
