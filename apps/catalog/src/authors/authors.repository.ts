import { Injectable } from '@nestjs/common';
import { Database, wordsOf, type PreparedQuery, type SqlDialect } from '@evernest/database';
import { sql, type Selectable } from 'kysely';
import type { CatalogDb, CatalogSchema } from '../database/schema.js';
import { sortKey } from '../database/sort-key.js';
import type { Position } from '../pagination/cursor.js';
import { isAfter, orderOf, type SortOrder } from '../pagination/keyset.js';
import type { Placed } from '../pagination/paginate.js';
import { authorIdentity, type AuthorFacts } from './author-identity.js';
import type { Author } from './authors.dto.js';

/** Authors are listed by name. */
export const AUTHOR_ORDER: SortOrder = {
  columns: [sql.ref('authors.name_key'), sql.ref('authors.id')],
  direction: 'asc',
};

/** By name, because PostgreSQL keeps plans, whose result must not change when a release adds a column. */
const COLUMNS = ['authors.id', 'name', 'name_key', 'born_year', 'died_year', 'lifespan'] as const;

type AuthorRow = Pick<
  Selectable<CatalogSchema['authors']>,
  'id' | 'name' | 'name_key' | 'born_year' | 'died_year' | 'lifespan'
>;

interface AuthorPageValues {
  readonly wordQuery: string | undefined;
  readonly after: Position | undefined;
  readonly count: number;
}

@Injectable()
export class AuthorsRepository {
  readonly #one: PreparedQuery<CatalogSchema, { id: number }, AuthorRow>;
  readonly #page: PreparedQuery<CatalogSchema, AuthorPageValues, AuthorRow>;

  constructor(private readonly database: Database<CatalogSchema>) {
    this.#one = database.prepare((db, { id }) =>
      db.selectFrom('authors').select(COLUMNS).where('id', '=', id),
    );
    this.#page = database.prepare((db, values) => selectPage(db, database.dialect, values));
  }

  async find(db: CatalogDb, id: number): Promise<Author | undefined> {
    const row = await this.#one.executeTakeFirst(db, { id });
    return row && toAuthor(row);
  }

  async list(
    db: CatalogDb,
    words: readonly string[] | undefined,
    after: Position | undefined,
    count: number,
  ): Promise<Placed<Author>[]> {
    const wordQuery = words && this.database.dialect.wordQuery(words);
    const rows = await this.#page.execute(db, { wordQuery, after, count });
    return rows.map((row) => ({ item: toAuthor(row), position: [row.name_key, row.id] }));
  }

  async existing(db: CatalogDb, ids: readonly number[]): Promise<Set<number>> {
    if (ids.length === 0) return new Set();
    const rows = await db.selectFrom('authors').select('id').where('id', 'in', ids).execute();
    return new Set(rows.map(({ id }) => id));
  }

  async lock(db: CatalogDb, id: number): Promise<void> {
    const query = db.selectFrom('authors').select('id').where('id', '=', id);
    await this.database.dialect.lockRows(query).execute();
  }

  async insert(db: CatalogDb, facts: AuthorFacts): Promise<number> {
    const { id } = await db
      .insertInto('authors')
      .values(toColumns(facts))
      .returning('id')
      .executeTakeFirstOrThrow();
    await this.#indexWords(db, id, facts.name);
    return id;
  }

  async update(db: CatalogDb, id: number, facts: AuthorFacts): Promise<void> {
    await db.updateTable('authors').set(toColumns(facts)).where('id', '=', id).execute();
    await this.#indexWords(db, id, facts.name);
  }

  async delete(db: CatalogDb, id: number): Promise<void> {
    await db.deleteFrom('authors').where('id', '=', id).execute();
    await db.deleteFrom('author_words').where('rowid', '=', id).execute();
  }

  async #indexWords(db: CatalogDb, id: number, name: string): Promise<void> {
    await db.deleteFrom('author_words').where('rowid', '=', id).execute();
    const words = this.database.dialect.wordDocument([...new Set(wordsOf(name))].join(' '));
    await db.insertInto('author_words').values({ rowid: id, words }).execute();
  }
}

function selectPage(db: CatalogDb, dialect: SqlDialect, { wordQuery, after, count }: AuthorPageValues) {
  let query = db.selectFrom('authors').select(COLUMNS).limit(count);
  if (wordQuery !== undefined) {
    query = query
      .innerJoin('author_words', 'author_words.rowid', 'authors.id')
      .where(dialect.hasWords('author_words', wordQuery));
  }
  if (after) query = query.where(isAfter(AUTHOR_ORDER, after));
  for (const column of orderOf(AUTHOR_ORDER)) query = query.orderBy(column);
  return query;
}

function toColumns(facts: AuthorFacts) {
  return {
    name: facts.name,
    name_key: sortKey(facts.name),
    born_year: facts.bornYear,
    died_year: facts.diedYear,
    lifespan: facts.lifespan,
    identity: authorIdentity(facts),
  };
}

function toAuthor(row: AuthorRow): Author {
  return {
    id: row.id,
    name: row.name,
    bornYear: row.born_year,
    diedYear: row.died_year,
    lifespan: row.lifespan,
  };
}
