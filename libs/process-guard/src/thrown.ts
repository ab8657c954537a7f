import { types } from 'node:util';

/** Deep enough for any chain of wrappers, short of one that refers to itself. */
const MAX_CAUSES = 10;

/** The message of whatever was thrown. Never throws. */
export function messageOf(thrown: unknown): string {
  try {
    return isError(thrown) ? thrown.message : String(thrown);
  } catch {
    return 'something that cannot be turned into text';
  }
}

/** The stack of an error and those of its causes; null if what was thrown has none. Never throws. */
export function stackOf(thrown: unknown): string | null {
  try {
    const stacks: string[] = [];
    for (let error = thrown; isError(error) && stacks.length < MAX_CAUSES; error = error.cause) {
      stacks.push(error.stack ?? `${error.name}: ${error.message}`);
    }
    return stacks.length === 0 ? null : stacks.join('\nCaused by: ');
  } catch {
    return null;
  }
}

/** True for errors of another realm too, which `instanceof` misses. */
export function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || types.isNativeError(thrown);
}
