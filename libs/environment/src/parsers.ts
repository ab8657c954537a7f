/** One of some words. */
export function oneOf<const Value extends string>(values: readonly Value[]) {
  return (text: string): Value | undefined => values.find((value) => value === text);
}

/** A whole number, both ends included. */
export function integerIn(least: number, most: number) {
  return (text: string): number | undefined => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };
}

/** Words separated by commas; empty ones are left out. */
export function commaSeparated(text: string): readonly string[] {
  const words = text.split(',').map((word) => word.trim());
  return Object.freeze(words.filter((word) => word !== ''));
}

/** What fits into an `Authorization: Bearer` header. */
export function bearerToken(text: string): string | undefined {
  return /^[\x21-\x7e]+$/.test(text) ? text : undefined;
}

/** An address on the web. */
export function webAddress(text: string): string | undefined {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
}

/** Origins as browsers send them, separated by commas. */
export function origins(text: string): readonly string[] | undefined {
  const values = commaSeparated(text);
  const isOrigin = (value: string) => URL.canParse(value) && new URL(value).origin === value;
  return values.every(isOrigin) ? values : undefined;
}
