/** The entries of a field that holds several, separated by `; `. */
export function splitList(text: string): string[] {
  if (text === '') return [];
  return text
    .split(/;(?:\s|$)/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** Keeps the first of those that mean the same. */
export function mergeBy<T>(entries: readonly T[], identity: (entry: T) => string): T[] {
  if (entries.length < 2) return [...entries];
  const merged = new Map<string, T>();
  for (const entry of entries) {
    const key = identity(entry);
    if (!merged.has(key)) merged.set(key, entry);
  }
  return [...merged.values()];
}
