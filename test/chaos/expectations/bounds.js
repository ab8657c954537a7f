/** What a figure is to be: each says so, and whether one is. */
export function atMost(most, unit = '') {
  return { text: `≤ ${most}${unit && ` ${unit}`}`, holds: (found) => found <= most };
}

export function atLeast(least, unit = '') {
  return { text: `≥ ${least}${unit && ` ${unit}`}`, holds: (found) => found >= least };
}

export function exactly(wanted) {
  return { text: String(wanted), holds: (found) => found === wanted };
}

export function like(pattern) {
  return { text: String(pattern), holds: (found) => pattern.test(found) };
}

/** How many times longer all may take on a machine that others use too. */
const BUSY_FACTOR = 3;

/** A time, which a busy machine may overrun: a quick run only tells what is not that much too late. */
export function within(ms) {
  return { ...atMost(ms, 'ms'), isNearly: (found) => found <= BUSY_FACTOR * ms };
}
