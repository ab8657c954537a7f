const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** `840 ms`, `2.3 s`, `45 s`, `3 min 20 s`, `2 h 5 min`, `4 d 3 h`. */
export function duration(ms: number): string {
  const rounded = Math.max(0, Math.round(ms));
  if (rounded < 1000) return `${rounded} ms`;
  if (rounded < 9950) return `${(rounded / 1000).toFixed(1).replace(/\.0$/, '')} s`;
  return withUnits(Math.round(rounded / 1000) * 1000);
}

/** In whole seconds at the finest, for ages that change while one looks. */
export function age(ms: number): string {
  return withUnits(Math.max(0, Math.floor(ms / 1000)) * 1000);
}

function withUnits(ms: number): string {
  const index = UNITS.findIndex(([, size]) => ms >= size);
  const unit = UNITS[index];
  if (!unit) return `${ms / 1000} s`;
  const [name, size] = unit;
  const [finer, finerSize] = UNITS[index + 1] ?? (['s', 1000] as const);
  const rest = Math.floor((ms % size) / finerSize);
  return `${Math.floor(ms / size)} ${name}${rest > 0 ? ` ${rest} ${finer}` : ''}`;
}
