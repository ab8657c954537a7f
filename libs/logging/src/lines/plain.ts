/** What JSON can say. */
export type Plain = string | number | boolean | null | Plain[] | PlainFields;
export type PlainFields = { [name: string]: Plain };

/** Whether plain data is an object with named fields. */
export function isFields(plain: Plain | undefined): plain is PlainFields {
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain);
}

/** Sets a field; `__proto__` is a name like any other, and undefined is no value. */
export function setField(fields: PlainFields, name: string, value: Plain | undefined): void {
  if (value === undefined) return;
  if (name === '__proto__')
    Object.defineProperty(fields, name, { value, enumerable: true, configurable: true });
  else fields[name] = value;
}

/** Plain data as text: a string as it is, all else as JSON. */
export function textOf(plain: Plain | undefined): string {
  if (plain === undefined) return 'undefined';
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}
