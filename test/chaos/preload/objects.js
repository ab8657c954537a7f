/** On 64 bits: two fields, one of them a number with a fraction, and its place in the array. */
const BYTES_OF_AN_OBJECT = 64;

/** So many megabytes of small objects, as rows of a database are. */
export function objectsOf(megabytes) {
  const length = Math.round((megabytes * 1_000_000) / BYTES_OF_AN_OBJECT);
  return Array.from({ length }, (_, index) => ({ index, at: performance.now() }));
}
