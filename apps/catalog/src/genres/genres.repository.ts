import { Injectable } from '@nestjs/common';
import { Database, wordsOf } from '@evernest/database';
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

@Injectable()
export class GenresRepository {
  constructor(private readonly database: Database<CatalogSchema>) {}

  find(db: CatalogDb, id: number): Promise<Genre | undefined> {
    return db.selectFrom('genres').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
  }

  async list(
    db: CatalogDb,
    words: readonly string[] | undefined,
    after: Position | undefined,
    count: number,
  ): Promise<Placed<Genre>[]> {
    let query = db.selectFrom('genres').select(['genres.id', 'name', 'name_key']).limit(count);
    if (words) {
      query = query
        .innerJoin('genre_words', 'genre_words.rowid', 'genres.id')
        .where(this.database.dialect.hasWords('genre_words', words));
    }
    if (after) query = query.where(isAfter(GENRE_ORDER, after));
    for (const column of orderOf(GENRE_ORDER)) query = query.orderBy(column);
    const rows = await query.execute();
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
