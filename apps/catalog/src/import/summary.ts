import type { ImportTotals } from './import-totals.js';

/** The totals in words, for a person. */
export function summarise(totals: ImportTotals, seconds: number): string {
  const { rows, books, authors, genres, present, leftOut, rejected } = totals;
  const speed = seconds > 0 ? `, ${count(Math.round(rows / seconds))} rows/s` : '';
  return [
    `${count(rows)} rows read in ${seconds.toFixed(1)} s${speed}`,
    `  ${count(books)} books added, with ${count(authors)} new authors and ${count(genres)} new genres`,
    `  ${count(present)} already present`,
    `  ${count(leftOut)} left out: not a text`,
    `  ${count(rejected)} rejected`,
    '',
  ].join('\n');
}

/** A number as people read it: `1,234`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}
