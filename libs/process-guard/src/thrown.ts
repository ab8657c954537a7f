import { types } from 'node:util';

/** Deep enough for any chain of wrappers, short of one that refers to itself. */
const MAX_STACKS = 10;
/** What a person reads; an error can carry a whole response in its message. */
const MAX_MESSAGE_LENGTH = 4096;
const MAX_STACK_LENGTH = 32_768;

/** The message of whatever was thrown, bounded. Never throws. */
export function messageOf(thrown: unknown): string {
  try {
    const message: unknown = isError(thrown) ? thrown.message : thrown;
    return shorten(String(message), MAX_MESSAGE_LENGTH);
  } catch {
    return 'something that cannot be turned into text';
  }
}

/** The stack of an error and those of its causes, bounded; null if what was thrown has none. Never throws. */
export function stackOf(thrown: unknown): string | null {
  if (!isError(thrown)) return null;
  const texts: string[] = [];
  collect(thrown, texts);
  return shorten(texts.join('\nCaused by: '), MAX_STACK_LENGTH);
}

/** True for errors of another realm too, which `instanceof` misses. Never throws, as a proxy's `instanceof` may. */
export function isError(thrown: unknown): thrown is Error {
  try {
    return types.isNativeError(thrown) || thrown instanceof Error;
  } catch {
    return false;
  }
}

function collect(thrown: unknown, texts: string[]): void {
  if (texts.length === MAX_STACKS) return;
  texts.push(textOf(thrown));
  for (const cause of causesOf(thrown)) collect(cause, texts);
}

function textOf(thrown: unknown): string {
  try {
    const text: unknown = isError(thrown) ? (thrown.stack ?? `${thrown.name}: ${thrown.message}`) : thrown;
    return String(text);
  } catch {
    return messageOf(thrown);
  }
}

function causesOf(thrown: unknown): readonly unknown[] {
  try {
    if (!isError(thrown)) return [];
    const errors: readonly unknown[] = thrown instanceof AggregateError ? thrown.errors : [];
    return thrown.cause === undefined ? errors : [thrown.cause, ...errors];
  } catch {
    return [];
  }
}

function shorten(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}… (${text.length} characters)`;
}
