import type { Migration } from '@evernest/database';
import { sql, type Kysely } from 'kysely';

export const catalogue: Migration = {
  async up(db, dialect) {
    const text = 'text' as const;
    const { schema } = db;
    // Sort keys compare byte by byte on both databases: SQLite's default, PostgreSQL's "C".
    const byteOrder = dialect.name === 'postgres' ? sql`text collate "C"` : sql`text`;

    await schema
      .createTable('books')
      .addColumn('id', 'integer', dialect.primaryKey)
      .addColumn('title', text, (column) => column.notNull())
      .addColumn('title_key', byteOrder, (column) => column.notNull())
      .addColumn('summary', text)
      .addColumn('isbn', text, (column) => column.unique())
      .addColumn('published_on', byteOrder)
      .addColumn('published_key', byteOrder, (column) =>
        column.generatedAlwaysAs(sql`coalesce(published_on, '')`).stored(),
      )
      .addColumn('source_key', text, (column) => column.unique())
      .execute();
    await createIndex(db, 'books', ['title_key', 'id']);
    await createIndex(db, 'books', ['published_key', 'id']);

    await schema
      .createTable('authors')
      .addColumn('id', 'integer', dialect.primaryKey)
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('name_key', byteOrder, (column) => column.notNull())
      .addColumn('born_year', 'integer')
      .addColumn('died_year', 'integer')
      .addColumn('lifespan', text)
      .addColumn('identity', text, (column) => column.notNull().unique())
      .execute();
    await createIndex(db, 'authors', ['name_key', 'id']);

    await schema
      .createTable('genres')
      .addColumn('id', 'integer', dialect.primaryKey)
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('name_key', byteOrder, (column) => column.notNull())
      .addColumn('identity', text, (column) => column.notNull().unique())
      .execute();
    await createIndex(db, 'genres', ['name_key', 'id']);

    await schema
      .createTable('book_authors')
      .addColumn('book_id', 'integer', (column) =>
        column.notNull().references('books.id').onDelete('cascade'),
      )
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('author_id', 'integer', (column) => column.notNull().references('authors.id'))
      .addColumn('role', text)
      .addPrimaryKeyConstraint('book_authors_key', ['book_id', 'position'])
      .modifyEnd(dialect.name === 'sqlite' ? sql`without rowid` : sql``)
      .execute();
    await createIndex(db, 'book_authors', ['author_id', 'book_id']);

    await schema
      .createTable('book_genres')
      .addColumn('book_id', 'integer', (column) =>
        column.notNull().references('books.id').onDelete('cascade'),
      )
      .addColumn('genre_id', 'integer', (column) => column.notNull().references('genres.id'))
      .addPrimaryKeyConstraint('book_genres_key', ['book_id', 'genre_id'])
      .modifyEnd(dialect.name === 'sqlite' ? sql`without rowid` : sql``)
      .execute();
    await createIndex(db, 'book_genres', ['genre_id', 'book_id']);

    await schema
      .createTable('book_languages')
      .addColumn('book_id', 'integer', (column) =>
        column.notNull().references('books.id').onDelete('cascade'),
      )
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('language', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('book_languages_key', ['book_id', 'position'])
      .modifyEnd(dialect.name === 'sqlite' ? sql`without rowid` : sql``)
      .execute();
    await createIndex(db, 'book_languages', ['language', 'book_id'], 'unique');

    await schema
      .createTable('copies')
      .addColumn('id', 'integer', dialect.primaryKey)
      .addColumn('book_id', 'integer', (column) => column.notNull().references('books.id'))
      .addColumn('imprint', text, (column) => column.notNull())
      .addColumn('status', text, (column) => column.notNull())
      .addColumn('borrower', text)
      .addColumn('due_back', text)
      .addCheckConstraint(
        'copies_loan_check',
        sql`(status = 'loaned') = (borrower is not null and due_back is not null)`,
      )
      .execute();
    await createIndex(db, 'copies', ['book_id', 'id']);
    await createIndex(db, 'copies', ['status', 'id']);

    await dialect.createWordIndex(db, 'book_words');
    await dialect.createWordIndex(db, 'author_words');
    await dialect.createWordIndex(db, 'genre_words');
  },
};

async function createIndex(
  db: Kysely<unknown>,
  table: string,
  columns: string[],
  kind: 'plain' | 'unique' = 'plain',
): Promise<void> {
  const index = db.schema
    .createIndex(`${table}_${columns.join('_')}_index`)
    .on(table)
    .columns(columns);
  await (kind === 'unique' ? index.unique() : index).execute();
}
