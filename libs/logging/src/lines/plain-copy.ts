import { describeError, isError } from './error-description.js';
import { isSecretName, REDACTED, redactText } from './redaction.js';

/** What JSON can say. */
export type Plain = string | number | boolean | null | Plain[] | PlainFields;
export type PlainFields = { [name: string]: Plain };

const MAX_DEPTH = 8;
const MAX_ITEMS = 100;
const MAX_TEXT_LENGTH = 16_384;
// Log shippers commonly cut or drop lines from 64 KiB to 256 KiB on.
const MAX_TOTAL_LENGTH = 65_536;

/** Copies any value into plain data, bounded in depth and size, without its secrets. Never throws. */
export function plainCopy(value: unknown): Plain | undefined {
  return new PlainCopy().of(() => value);
}

/** Whether a copy is an object with named fields. */
export function isFields(copy: Plain | undefined): copy is PlainFields {
  return typeof copy === 'object' && copy !== null && !Array.isArray(copy);
}

/** Sets a field; `__proto__` is a name like any other, and undefined is no value. */
export function setField(fields: PlainFields, name: string, value: Plain | undefined): void {
  if (value === undefined) return;
  if (name === '__proto__') Object.defineProperty(fields, name, { value, enumerable: true });
  else fields[name] = value;
}

/** A copy as text: a string as it is, all else as JSON. */
export function textOf(copy: Plain | undefined): string {
  if (copy === undefined) return 'undefined';
  return typeof copy === 'string' ? copy : JSON.stringify(copy);
}

class PlainCopy {
  private remaining = MAX_TOTAL_LENGTH;
  private readonly ancestors = new Set<object>();

  /** What cannot be read, such as a getter that throws, costs only itself. */
  of(read: () => unknown): Plain | undefined {
    try {
      return this.copy(read());
    } catch {
      return '[unreadable]';
    }
  }

  private copy(value: unknown): Plain | undefined {
    switch (typeof value) {
      case 'undefined':
        return undefined;
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'string':
        return this.text(value);
      case 'bigint':
      case 'symbol':
        return this.text(String(value));
      case 'function':
        return this.text(`[function ${value.name}]`);
      case 'object':
        return value === null ? null : this.object(value);
      default:
        throw new Error(`No such type: ${typeof value}`);
    }
  }

  private text(text: string): string {
    const redacted = redactText(text);
    const length = Math.min(redacted.length, MAX_TEXT_LENGTH, this.remaining);
    this.remaining -= length;
    return length < redacted.length ? `${redacted.slice(0, length)}[truncated]` : redacted;
  }

  private object(object: object): Plain | undefined {
    if (this.ancestors.has(object)) return '[circular]';
    if (this.ancestors.size === MAX_DEPTH) return '[too deep]';
    this.ancestors.add(object);
    try {
      return this.contents(object);
    } finally {
      this.ancestors.delete(object);
    }
  }

  private contents(object: object): Plain | undefined {
    if (isError(object)) return this.properties(describeError(object));
    if (ArrayBuffer.isView(object)) return `[${object.byteLength} bytes]`;
    if (object instanceof Map) return this.fields(object.keys(), (key) => object.get(key));
    if (object instanceof Set || Array.isArray(object)) return this.items(object);
    if ('toJSON' in object && typeof object.toJSON === 'function') return this.copy(object.toJSON());
    return this.properties(object);
  }

  private properties(object: object): PlainFields {
    return this.fields(Object.keys(object), (name) => Reflect.get(object, name));
  }

  private items(items: Iterable<unknown>): Plain[] {
    const copies: Plain[] = [];
    for (const item of items) {
      if (this.isFull(copies.length)) return [...copies, '[truncated]'];
      copies.push(this.of(() => item) ?? null);
    }
    return copies;
  }

  private fields<Key>(keys: Iterable<Key>, valueOf: (key: Key) => unknown): PlainFields {
    const copies: PlainFields = {};
    let count = 0;
    for (const key of keys) {
      if (this.isFull(count)) {
        copies['[truncated]'] = true;
        break;
      }
      count += 1;
      const name = String(key);
      setField(copies, this.text(name), isSecretName(name) ? REDACTED : this.of(() => valueOf(key)));
    }
    return copies;
  }

  private isFull(count: number): boolean {
    this.remaining -= 1;
    return count >= MAX_ITEMS || this.remaining <= 0;
  }
}
