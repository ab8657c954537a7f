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

/** A time, which a machine that others use too may overrun: a quick run tells it, and judges by what was lost and recorded. */
export function within(ms) {
  return { ...atMost(ms, 'ms'), isTime: true };
}
