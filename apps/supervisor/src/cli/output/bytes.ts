const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
const STEP = 1024;

/** `512 B`, `1.5 KiB`, `213 MiB`, `-1.2 MiB`. */
export function bytes(count: number): string {
  const [value, unit] = scale(count);
  return `${number(value)} ${unit}`;
}

/** Two amounts in the unit of the second: `213 / 700 MiB`. */
export function bytesOf(count: number, limit: number): string {
  const [value, unit] = scale(limit);
  return `${number(count / STEP ** UNITS.indexOf(unit))} / ${number(value)} ${unit}`;
}

function scale(count: number): [number, (typeof UNITS)[number]] {
  let value = count;
  let index = 0;
  // 1023.96 would be shown as 1024.
  while (Math.round(Math.abs(value) * 10) / 10 >= STEP && index < UNITS.length - 1) {
    value /= STEP;
    index += 1;
  }
  return [value, UNITS[index] ?? 'B'];
}

function number(value: number): string {
  const rounded = Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  // No minus in front of zero.
  return String(rounded + 0);
}
