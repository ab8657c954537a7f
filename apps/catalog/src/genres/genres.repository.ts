import { Injectable } from '@nestjs/common';
import { Database, wordsOf, type PreparedQuery, type SqlDialect } from '@evernest/database';
import { sql } from 'kysely';
import type { CatalogDb, CatalogSchema } from '../database/schema.js';
import { sortKey } from '../database/sort-key.js';
import type { Position } from '../pagination/cursor.js';
import { isAfter, orderOf, type SortOrder } from '../pagination/keyset.js';
import type { Placed } from '../pagination/paginate.js';
import { genreIdentity } from './genre-identity.js';
import type { Genre } from './genres.dto.js';

/** Genres are listed by name. */
export const GENRE_ORDER: SortOrder = {
  columns: [sql.ref('genres.name_key'), sql.ref('genres.id')],
  direction: 'asc',
};

interface GenrePageValues {
  readonly wordQuery: string | undefined;
  readonly after: Position | undefined;
  readonly count: number;
}

@Injectable()
export class GenresRepository {
  readonly #one: PreparedQuery<CatalogSchema, { id: number }, Genre>;
  readonly #page: PreparedQuery<CatalogSchema, GenrePageValues, Genre & { name_key: string }>;

  constructor(private readonly database: Database<CatalogSchema>) {
    this.#one = database.prepare((db, { id }) =>
      db.selectFrom('genres').select(['id', 'name']).where('id', '=', id),
    );
    this.#page = database.prepare((db, values) => selectPage(db, database.dialect, values));
  }

  find(db: CatalogDb, id: number): Promise<Genre | undefined> {
    return this.#one.executeTakeFirst(db, { id });
  }

  async list(
    db: CatalogDb,
    words: readonly string[] | undefined,
    after: Position | undefined,
    count: number,
  ): Promise<Placed<Genre>[]> {
    const wordQuery = words && this.database.dialect.wordQuery(words);
    const rows = await this.#page.execute(db, { wordQuery, after, count });
    return rows.map(({ id, name, name_key }) => ({ item: { id, name }, position: [name_key, id] }));
  }

  async existing(db: CatalogDb, ids: readonly number[]): Promise<Set<number>> {
    if (ids.length === 0) return new Set();
    const rows = await db.selectFrom('genres').select('id').where('id', 'in', ids).execute();
    return new Set(rows.map(({ id }) => id));
  }

  async lock(db: CatalogDb, id: number): Promise<void> {
    const query = db.selectFrom('genres').select('id').where('id', '=', id);
    await this.database.dialect.lockRows(query).execute();
  }

  async insert(db: CatalogDb, name: string): Promise<number> {
    const { id } = await db
      .insertInto('genres')
      .values({ name, name_key: sortKey(name), identity: genreIdentity(name) })
      .returning('id')
      .executeTakeFirstOrThrow();
    await this.#indexWords(db, id, name);
    return id;
  }

  async rename(db: CatalogDb, id: number, name: string): Promise<void> {
    await db
      .updateTable('genres')
      .set({ name, name_key: sortKey(name), identity: genreIdentity(name) })
      .where('id', '=', id)
      .execute();
    await this.#indexWords(db, id, name);
  }

  async delete(db: CatalogDb, id: number): Promise<void> {
    await db.deleteFrom('genres').where('id', '=', id).execute();
    await db.deleteFrom('genre_words').where('rowid', '=', id).execute();
  }

  async #indexWords(db: CatalogDb, id: number, name: string): Promise<void> {
    await db.deleteFrom('genre_words').where('rowid', '=', id).execute();
    const words = this.database.dialect.wordDocument([...new Set(wordsOf(name))].join(' '));
    await db.insertInto('genre_words').values({ rowid: id, words }).execute();
  }
}

function selectPage(db: CatalogDb, dialect: SqlDialect, { wordQuery, after, count }: GenrePageValues) {
  let query = db.selectFrom('genres').select(['genres.id', 'name', 'name_key']).limit(count);
  if (wordQuery !== undefined) {
    query = query
      .innerJoin('genre_words', 'genre_words.rowid', 'genres.id')
      .where(dialect.hasWords('genre_words', wordQuery));
  }
  if (after) query = query.where(isAfter(GENRE_ORDER, after));
  for (const column of orderOf(GENRE_ORDER)) query = query.orderBy(column);
  return query;
}
