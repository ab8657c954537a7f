import { wordsOf, type RecordColumns } from '@evernest/database';
import type { CatalogDb } from '../database/schema.js';
import { sortKey } from '../database/sort-key.js';
import type { ImportedAuthor, ImportedGenre } from './imported-book.js';
import type { RecordStatements } from './record-statements.js';

/** The ids of authors or genres at their places in the batch, and how many of them are new. */
export interface StoredNames {
  readonly ids: ReadonlyMap<number, number>;
  readonly added: number;
}

interface Named {
  readonly name: string;
  readonly identity: string;
}

interface NamedTable<Entry extends Named, Row extends Named> {
  readonly name: 'authors' | 'genres';
  readonly words: 'author_words' | 'genre_words';
  readonly columns: RecordColumns<Row>;
  toRow(entry: Entry): Row;
}

const AUTHORS = {
  name: 'authors',
  words: 'author_words',
  columns: {
    name: 'text',
    name_key: 'text',
    born_year: 'integer',
    died_year: 'integer',
    lifespan: 'text',
    identity: 'text',
  },
  toRow: ({ name, bornYear, diedYear, lifespan, identity }: ImportedAuthor) => ({
    name,
    name_key: sortKey(name),
    born_year: bornYear,
    died_year: diedYear,
    lifespan,
    identity,
  }),
} as const;

const GENRES = {
  name: 'genres',
  words: 'genre_words',
  columns: { name: 'text', name_key: 'text', identity: 'text' },
  toRow: ({ name, identity }: ImportedGenre) => ({ name, name_key: sortKey(name), identity }),
} as const;

/** Stores those of the authors at these places that the catalogue does not have yet, with their words. */
export function storeAuthors(
  db: CatalogDb,
  statements: RecordStatements,
  authors: readonly ImportedAuthor[],
  places: ReadonlySet<number>,
): Promise<StoredNames> {
  return storeNew(db, statements, AUTHORS, authors, places);
}

/** Stores those of the genres at these places that the catalogue does not have yet, with their words. */
export function storeGenres(
  db: CatalogDb,
  statements: RecordStatements,
  genres: readonly ImportedGenre[],
  places: ReadonlySet<number>,
): Promise<StoredNames> {
  return storeNew(db, statements, GENRES, genres, places);
}

async function storeNew<Entry extends Named, Row extends Named>(
  db: CatalogDb,
  statements: RecordStatements,
  table: NamedTable<Entry, Row>,
  all: readonly Entry[],
  places: ReadonlySet<number>,
): Promise<StoredNames> {
  const entries = all.filter((_, place) => places.has(place));
  const identities = entries.map(({ identity }) => identity);
  const known = await statements.findIds(db, table.name, 'identity', identities);
  const rows = entries.filter(({ identity }) => !known.has(identity)).map((entry) => table.toRow(entry));
  const added = await statements.insertNew(db, table.name, 'identity', rows, table.columns);
  const words = rows
    .filter(({ identity }) => added.has(identity))
    .map(({ name, identity }) => ({ rowid: idOf(added, identity), words: wordsOfName(name) }));
  await statements.insertWords(db, table.words, words);

  // On PostgreSQL another import may have added some in between.
  const others = rows.map(({ identity }) => identity).filter((identity) => !added.has(identity));
  const ids = new Map([
    ...known,
    ...added,
    ...(await statements.findIds(db, table.name, 'identity', others)),
  ]);
  const byPlace = [...places].map((place) => [place, idOf(ids, all[place]?.identity ?? '')] as const);
  return { ids: new Map(byPlace), added: added.size };
}

function wordsOfName(name: string): string {
  return [...new Set(wordsOf(name))].join(' ');
}

function idOf(ids: ReadonlyMap<string, number>, identity: string): number {
  const id = ids.get(identity);
  if (id === undefined) throw new Error(`the catalogue lost "${identity}" while its books were stored`);
  return id;
}
