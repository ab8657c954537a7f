/** A number of a query string in plain digits; anything else stays as it is, for the validator to refuse. */
export function integerFrom(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
}
