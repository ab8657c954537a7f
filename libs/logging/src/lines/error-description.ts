import { types } from 'node:util';
import { MAX_TEXT_LENGTH } from './bounded-text.js';

const MAX_DEPTH = 10;
// An AggregateError may hold thousands; the first few tell the story.
const MAX_CAUSES = 20;
const MAX_PROPERTIES = 50;
const DESCRIBED = new Set(['name', 'message', 'code', 'stack', 'cause', 'causes', 'errors', '__proto__']);

/** True for errors of another realm too, which `instanceof` misses. */
export function isError(value: unknown): value is Error {
  try {
    return types.isNativeError(value) || value instanceof Error;
  } catch {
    // A proxy need not tell what it is.
    return false;
  }
}

/** True for a string that has a line such as `    at file.js:1:2`. */
export function isStack(value: unknown): value is string {
  if (typeof value !== 'string' || !value.includes('\n')) return false;
  return /\n[ \t]+at .+:\d+:\d+/.test(value.slice(0, MAX_TEXT_LENGTH));
}

/** The error that a stack was taken from, as far as its first lines tell. */
export function describeStack(stack: string): Record<string, unknown> {
  const [header = ''] = stack.split(/\n[ \t]+at /, 1);
  const [, name = 'Error', message = ''] = /^([\w$.]+)(?:: ([^]*))?$/.exec(header) ?? ['', 'Error', header];
  return { name, message, stack, causes: [] };
}

/** An error as fields, with all it was caused by in `causes`, the nearest first. */
export function describeError(error: Error): Record<string, unknown> {
  return { ...describe(error), causes: causesOf(error).map(describe) };
}

function describe(thrown: unknown): Record<string, unknown> {
  if (!isError(thrown)) {
    return { name: typeof thrown, [typeof thrown === 'string' ? 'message' : 'value']: thrown };
  }
  return {
    name: read(thrown, 'name'),
    message: read(thrown, 'message'),
    code: read(thrown, 'code'),
    stack: read(thrown, 'stack'),
    ...ownProperties(thrown),
  };
}

/** What its thrower added, such as `detail` of a database's error or `status` of an answer. */
function ownProperties(error: Error): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (const name of namesOf(error)) if (!DESCRIBED.has(name)) own[name] = read(error, name);
  return own;
}

function namesOf(error: Error): string[] {
  try {
    return Object.keys(error).slice(0, MAX_PROPERTIES);
  } catch {
    return [];
  }
}

function causesOf(error: Error): unknown[] {
  const seen = new Set<unknown>([error]);
  let layer = [...seen];
  for (let depth = 0; depth < MAX_DEPTH && seen.size <= MAX_CAUSES; depth += 1) {
    // A set, because errors that share their causes would multiply with each layer.
    layer = [...new Set(layer.flatMap(directCauses))];
    for (const cause of layer) seen.add(cause);
  }
  return [...seen].slice(1, MAX_CAUSES + 1);
}

function directCauses(thrown: unknown): unknown[] {
  if (!isError(thrown)) return [];
  const errors = read(thrown, 'errors');
  const causes = [read(thrown, 'cause'), ...(Array.isArray(errors) ? errors.slice(0, MAX_CAUSES) : [])];
  return causes.filter((cause) => cause !== undefined && cause !== null);
}

function read(error: object, property: string): unknown {
  try {
    return Reflect.get(error, property);
  } catch {
    return '[unreadable]';
  }
}
