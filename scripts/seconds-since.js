/** For people: whole seconds, at least 1. */
export function secondsSince(startedAtMs) {
  return Math.max(1, Math.round((Date.now() - startedAtMs) / 1000));
}
