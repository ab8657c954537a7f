const PERCENT = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const TWO_DECIMALS = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const SIGNED = new Intl.NumberFormat('en', {
  signDisplay: 'exceptZero',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** The columns of the tables, on the terminal and on the page. */
const own = { head: 'own', cell: ({ ownShare }) => percent(ownShare) };
const ownMicroseconds = { head: 'own µs/req', cell: (item) => TWO_DECIMALS.format(item.ownMicroseconds) };
const name = { head: 'function', left: true, cell: (item) => item.name };
const place = { head: 'place', left: true, cell: (item) => item.place };
const packageName = { head: 'package', left: true, cell: (item) => item.package };
const changes = [
  { head: 'before µs/req', cell: ({ before }) => TWO_DECIMALS.format(before) },
  { head: 'now', cell: ({ after }) => TWO_DECIMALS.format(after) },
  { head: 'difference', cell: ({ difference }) => SIGNED.format(difference) },
];

export const FUNCTION_COLUMNS = [
  own,
  { head: 'total', cell: ({ totalShare }) => percent(totalShare) },
  ownMicroseconds,
  name,
  place,
];
export const PACKAGE_COLUMNS = [own, ownMicroseconds, packageName];
export const FUNCTION_CHANGE_COLUMNS = [...changes, name, place];
export const PACKAGE_CHANGE_COLUMNS = [...changes, packageName];

export function percent(share) {
  return PERCENT.format(share);
}
