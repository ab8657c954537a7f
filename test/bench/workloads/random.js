/** Numbers from 0 to below 1 that are the same for the same seed: Marsaglia's xorshift of 32 bits. */
export function randomFrom(seed) {
  // Never 0, which it would not leave; and neighbours must not begin alike.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

export function shuffled(list, random) {
  const rest = [...list];
  return list.map(() => rest.splice(Math.floor(random() * rest.length), 1)[0]);
}
