import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

const CATALOGUE = new URL('../../../apps/catalog/data/gutenberg.csv', import.meta.url);
const ROWS_PER_CHUNK = 5000;
/** One row in five gets a first author of its own, about as many new names as a catalogue of that size has. */
const RENAMED_EVERY = 5;
const FIRST_NAME = /^([^,;]+)/;

/**
 * Writes a catalogue of any size in Project Gutenberg's format, made of the real rows again and again: each with a
 * number and a title of its own.
 * @param {string} file
 * @param {number} rows
 */
export async function generateCatalogue(file, rows) {
  const [header, ...entries] = parse(await readFile(CATALOGUE));
  await pipeline(chunks(header, entries, rows), createWriteStream(file));
}

function* chunks(header, entries, rows) {
  yield stringify([header]);
  for (let start = 0; start < rows; start += ROWS_PER_CHUNK) {
    const length = Math.min(ROWS_PER_CHUNK, rows - start);
    yield stringify(Array.from({ length }, (_, offset) => rowAt(start + offset, entries)));
  }
}

function rowAt(index, entries) {
  const [, type, issued, title, language, authors, ...rest] = entries[index % entries.length];
  const round = Math.floor(index / entries.length);
  if (round === 0) return [index + 1, type, issued, title, language, authors, ...rest];
  const named = index % RENAMED_EVERY === 0 ? authors.replace(FIRST_NAME, `$1 ${round}`) : authors;
  return [index + 1, type, issued, `${title}, volume ${round + 1}`, language, named, ...rest];
}
