import { readLogArguments } from './log-arguments.js';
import type { LogLevel } from '../levels/log-levels.js';
import { isFields, plainCopy, setField, type PlainFields } from './plain-copy.js';

/** One entry of the log, ready to be written: plain data without secrets. */
export interface LogLine extends PlainFields {
  time: string;
  level: LogLevel;
  message: string;
  pid: number;
}

/** @param ambient fields of the work that logs, such as its request; the call's own fields win over them. */
export function logLine(level: LogLevel, args: readonly unknown[], ambient: unknown): LogLine {
  const { context, message, errors, fields } = readLogArguments(args);
  const [error, ...otherErrors] = errors;
  const head = {
    time: new Date().toISOString(),
    level,
    ...(context === undefined ? {} : { context }),
    message,
  };
  const tail = { ...(error && { error }), ...(otherErrors.length > 0 && { otherErrors }), pid: process.pid };

  const around = plainCopy(ambient);
  const given = isFields(around) ? { ...around, ...fields } : fields;
  const others: PlainFields = {};
  for (const name of Object.keys(given)) {
    // A field must not be able to pass for the line's own.
    const isTaken = Object.hasOwn(head, name) || Object.hasOwn(tail, name);
    setField(others, isTaken ? `_${name}` : name, given[name]);
  }
  return { ...head, ...others, ...tail };
}
