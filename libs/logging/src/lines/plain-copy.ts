import { types } from 'node:util';
import { boundedText, MAX_TEXT_LENGTH } from './bounded-text.js';
import { describeError, isError } from './error-description.js';
import { setField, type Plain, type PlainFields } from './plain.js';
import { pathsBelow, type RedactedPaths } from './redacted-paths.js';
import { isSecretField, REDACTED } from './secret-names.js';

const MAX_DEPTH = 8;
const MAX_ITEMS = 100;
const MAX_NAME_LENGTH = 64;
// Log shippers commonly cut or drop lines from 64 KiB to 256 KiB on.
const MAX_TOTAL_LENGTH = 65_536;
// To write the digits of a number takes longer than in proportion to how many they are.
const MAX_BIGINT = 2n ** 1024n;

/**
 * Copies any value into plain data, bounded in depth and size, without its secrets. Never throws.
 * @param paths what else is secret, from this value on.
 */
export function plainCopy(value: unknown, paths?: RedactedPaths): Plain | undefined {
  if (typeof value === 'string') return boundedText(value, MAX_TEXT_LENGTH);
  return new PlainCopy().of(value, paths);
}

class PlainCopy {
  private remaining = MAX_TOTAL_LENGTH;
  private readonly ancestors: object[] = [];

  /** What cannot be read, such as an object with a getter that throws, costs only itself. */
  of(value: unknown, paths: RedactedPaths | undefined): Plain | undefined {
    try {
      return this.copy(value, paths);
    } catch {
      return '[unreadable]';
    }
  }

  private copy(value: unknown, paths: RedactedPaths | undefined): Plain | undefined {
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'boolean':
      case 'undefined':
        return value;
      case 'bigint':
        return value > MAX_BIGINT || value < -MAX_BIGINT ? '[huge bigint]' : String(value);
      case 'symbol':
        return this.text(String(value));
      case 'function':
        return this.text(`[function ${value.name}]`);
      case 'object':
        return value === null ? null : this.object(value, paths);
      default:
        throw new Error(`No such type: ${typeof value}`);
    }
  }

  private text(text: string): string {
    const maxLength = Math.min(MAX_TEXT_LENGTH, this.remaining);
    const bounded = boundedText(text, maxLength);
    // What was masked counts with the length that had to be searched.
    this.remaining -= Math.max(bounded.length, Math.min(text.length, maxLength));
    return bounded;
  }

  private object(object: object, paths: RedactedPaths | undefined): Plain | undefined {
    if (this.ancestors.includes(object)) return '[circular]';
    if (this.ancestors.length === MAX_DEPTH) return '[too deep]';
    this.ancestors.push(object);
    try {
      return this.contents(object, paths);
    } finally {
      this.ancestors.pop();
    }
  }

  private contents(object: object, paths: RedactedPaths | undefined): Plain | undefined {
    if (Array.isArray(object) || object instanceof Set) return this.items(object, paths);
    if (isError(object)) return this.properties(describeError(object), paths);
    if (ArrayBuffer.isView(object)) return `[${object.byteLength} bytes]`;
    if (object instanceof Map) return this.properties(firstEntries(object), paths);
    if ('toJSON' in object && typeof object.toJSON === 'function') return this.copy(object.toJSON(), paths);
    if (types.isBoxedPrimitive(object)) return this.copy(object.valueOf(), paths);
    return this.properties(object, paths);
  }

  private items(items: Iterable<unknown>, paths: RedactedPaths | undefined): Plain[] {
    const copies: Plain[] = [];
    let isSecret = false;
    for (const item of items) {
      if (this.isFull(copies.length)) {
        copies.push('[truncated]');
        break;
      }
      const below = paths && pathsBelow(paths, String(copies.length));
      copies.push(isSecret || below?.isSecret ? REDACTED : (this.of(item, below) ?? null));
      // Headers come as lists too: ['Host', 'example.org', 'Authorization', 'Basic …'].
      isSecret = !isSecret && isNameOfSecret(item);
    }
    return copies;
  }

  private properties(object: object, paths: RedactedPaths | undefined): PlainFields {
    const copies: PlainFields = {};
    let count = 0;
    for (const name of Object.keys(object)) {
      if (this.isFull(count)) {
        copies['[truncated]'] = true;
        break;
      }
      count += 1;
      const below = paths && pathsBelow(paths, name);
      const isSecret = below?.isSecret || isSecretField(name);
      setField(copies, this.text(name), isSecret ? REDACTED : this.property(object, name, below));
    }
    return copies;
  }

  private property(object: object, name: string, paths: RedactedPaths | undefined): Plain | undefined {
    try {
      if (name === 'value' && isNamedSecret(object)) return REDACTED;
      return this.copy(Reflect.get(object, name), paths);
    } catch {
      return '[unreadable]';
    }
  }

  private isFull(count: number): boolean {
    this.remaining -= 1;
    return count >= MAX_ITEMS || this.remaining <= 0;
  }
}

/** Headers, cookies and form fields come like this too: `{ name: 'Authorization', value: 'Basic …' }`. */
function isNamedSecret(object: object): boolean {
  return isNameOfSecret(Reflect.get(object, 'name') ?? Reflect.get(object, 'key'));
}

/** The name of a header or parameter has no spaces, which the title of a book has. */
function isNameOfSecret(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length < MAX_NAME_LENGTH &&
    !value.includes(' ') &&
    isSecretField(value)
  );
}

/** One more than are shown, which tells that there are more. */
function firstEntries(map: ReadonlyMap<unknown, unknown>): object {
  const entries: [string, unknown][] = [];
  for (const [key, value] of map) {
    entries.push([String(key), value]);
    if (entries.length > MAX_ITEMS) break;
  }
  return Object.fromEntries(entries);
}
