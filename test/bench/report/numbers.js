const THREE_DIGITS = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const TWO_DECIMALS = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function whole(value) {
  return WHOLE.format(value);
}

/** As many digits as a measurement is worth. */
export function short(value) {
  return Math.abs(value) >= 1000 ? WHOLE.format(value) : THREE_DIGITS.format(value);
}

export function mebibytes(bytes) {
  return short(bytes / 2 ** 20);
}

/** `1.23 (1.20–1.27)`: the median and the quartiles. */
export function ratio(spread) {
  if (!spread) return '–';
  const [median, low, high] = [spread.median, spread.low, spread.high].map((each) =>
    TWO_DECIMALS.format(each),
  );
  return `${median} (${low}–${high})`;
}
