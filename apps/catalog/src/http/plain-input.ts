import type { FieldError } from '@evernest/process-guard';

/** Deeper than any request of ours; recursive code further on would overflow the stack at some thousand. */
const DEEPEST = 16;

interface Place {
  readonly field: string;
  readonly value: unknown;
  readonly depth: number;
}

/**
 * What no field of a request may hold, whatever its route: NUL (PostgreSQL cannot store it), lone surrogates (they
 * are no text), and nesting beyond reason. Walks without recursion and stops at the first fault.
 */
export function faultIn(source: string, input: unknown): FieldError | undefined {
  const pending: Place[] = [{ field: source, value: input, depth: 0 }];
  for (let place = pending.pop(); place; place = pending.pop()) {
    const fault = faultOf(place);
    if (fault) return { field: place.field, message: fault };
    pending.push(...childrenOf(place, source));
  }
  return undefined;
}

function faultOf({ value, depth }: Place): string | undefined {
  if (depth > DEEPEST) return `must not be nested deeper than ${DEEPEST} levels`;
  if (typeof value !== 'string') return undefined;
  if (value.includes('\0')) return 'must not contain the NUL character';
  if (!value.isWellFormed()) return 'must not contain a lone surrogate';
  return undefined;
}

function* childrenOf({ field, value, depth }: Place, source: string): Generator<Place> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const path = Array.isArray(value) ? `${field}[${key}]` : field === source ? key : `${field}.${key}`;
    yield { field: path, value: key, depth: 0 };
    yield { field: path, value: child, depth: depth + 1 };
  }
}
