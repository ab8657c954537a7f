import { REQUEST_PROBLEMS } from './http.problems.js';

/** @throws REFERENCE_UNKNOWN naming each of `ids` (the field `field` of a request) that is not in `existing`. */
export function requireReferences(
  field: string,
  ids: readonly number[],
  existing: ReadonlySet<number>,
): void {
  const errors = ids.flatMap((id, index) =>
    existing.has(id) ? [] : [{ field: `${field}[${index}]`, message: `${id} does not exist` }],
  );
  if (errors.length === 0) return;
  throw REQUEST_PROBLEMS.REFERENCE_UNKNOWN({
    detail: errors.map((error) => `${error.field}: ${error.message}.`).join(' '),
    errors,
  });
}
