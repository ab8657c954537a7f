import type { FieldError } from '@evernest/process-guard';

/** Deeper than any request of ours; recursive code further on would overflow the stack at some thousand. */
const DEEPEST = 16;

interface Place {
  readonly field: string;
  readonly value: unknown;
  readonly depth: number;
}

/**
 * What no request may hold, whatever its route: NUL (PostgreSQL cannot store it), lone surrogates (they are no text),
 * nesting beyond reason, and fields named like what every object inherits, which class-transformer skips in silence.
 * Walks without recursion and stops at the first fault.
 */
export function faultIn(source: string, input: unknown): FieldError | undefined {
  if (input === undefined) return undefined;
  const pending: Place[] = [{ field: source, value: input, depth: 0 }];
  for (let place = pending.pop(); place; place = pending.pop()) {
    const message = valueFault(place);
    if (message) return { field: place.field, message };
    for (const [key, child] of entriesOf(place.value)) {
      const field = fieldPath(place, key, source);
      const keyMessage = textFault(key) ?? (key in Object.prototype ? 'is not a known field' : undefined);
      if (keyMessage) return { field, message: keyMessage };
      pending.push({ field, value: child, depth: place.depth + 1 });
    }
  }
  return undefined;
}

function valueFault({ value, depth }: Place): string | undefined {
  if (depth > DEEPEST) return `must not be nested deeper than ${DEEPEST} levels`;
  return typeof value === 'string' ? textFault(value) : undefined;
}

function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'must not contain the NUL character';
  if (!text.isWellFormed()) return 'must not contain a lone surrogate';
  return undefined;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function fieldPath({ field, value }: Place, key: string, source: string): string {
  if (Array.isArray(value)) return `${field}[${key}]`;
  return field === source ? key : `${field}.${key}`;
}
