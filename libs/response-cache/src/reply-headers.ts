/** As Fastify keeps them. */
export type ReplyHeaders = Readonly<Record<string, number | string | string[] | undefined>>;

/** Headers in the flat form that Node writes without looking at each of them twice. */
export function namesAndValues(headers: ReplyHeaders): string[] {
  const flat: string[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (Array.isArray(value)) for (const each of value) flat.push(name, each);
    else if (value !== undefined) flat.push(name, String(value));
  }
  return flat;
}
