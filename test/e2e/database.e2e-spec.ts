import {
  Database,
  DatabaseUnavailableError,
  ForeignKeyViolationError,
  jsonObject,
  migrateToLatest,
  pendingMigrations,
  resolveDatabaseOptions,
  UniqueViolationError,
  wordsOf,
  type Migrations,
} from '@evernest/database';
import { sql, type Generated, type Kysely } from 'kysely';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { TEST_DATABASES, type TestDatabase } from '../support/test-databases.js';

interface Schema {
  nests: { id: Generated<number>; name: string };
  eggs: { id: Generated<number>; nest_id: number };
  nest_words: { rowid: number; words: string };
}

const MIGRATIONS: Migrations = {
  '0001-nests': {
    async up(db, dialect) {
      await db.schema
        .createTable('nests')
        .addColumn('id', 'integer', dialect.primaryKey)
        .addColumn('name', 'text', (column) => column.notNull().unique())
        .execute();
      await db.schema
        .createTable('eggs')
        .addColumn('id', 'integer', dialect.primaryKey)
        .addColumn('nest_id', 'integer', (column) => column.notNull().references('nests.id'))
        .execute();
      await dialect.createWordIndex(db, 'nest_words');
    },
  },
};

describe.each(TEST_DATABASES)('a database on $name', ({ create }) => {
  let server: TestDatabase;
  let database: Database<Schema>;
  const opened: Database<Schema>[] = [];

  const open = (url = server.url) => {
    const other = new Database<Schema>(resolveDatabaseOptions({ url }));
    opened.push(other);
    return other;
  };

  beforeEach(async () => {
    server = await create();
    database = open();
    await migrateToLatest(database, MIGRATIONS);
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()));
    await server.drop();
  });

  it('migrates once when eight processes start together', async () => {
    const fresh = await create();
    const contenders = Array.from({ length: 8 }, () => open(fresh.url));
    const done = await Promise.all(contenders.map((each) => migrateToLatest(each, MIGRATIONS)));
    expect(done.flat()).toEqual(['0001-nests']);
    await Promise.all(contenders.map((each) => each.close()));
    await fresh.drop();
  });

  it('tells its connections', async () => {
    expect(database.connections).toEqual({ used: 0, idle: expect.any(Number), waiting: 0 });
    expect(database.connections.idle).toBeGreaterThan(0);
    await database.transaction(async () => {
      expect(database.connections.used).toBe(database.dialect.name === 'postgres' ? 1 : 0);
    });
  });

  it('says which migrations a database still lacks', async () => {
    const more: Migrations = { ...MIGRATIONS, '0002-more': { up: async () => {} } };
    expect(await pendingMigrations(database, MIGRATIONS)).toEqual([]);
    expect(await pendingMigrations(database, more)).toEqual(['0002-more']);
  });

  it('leaves a database alone that a newer release has migrated further', async () => {
    await migrateToLatest(database, { ...MIGRATIONS, '0002-more': { up: async () => {} } });
    expect(await migrateToLatest(database, MIGRATIONS)).toEqual([]);
  });

  it('takes a failed migration back as a whole', async () => {
    const broken: Migrations = {
      ...MIGRATIONS,
      '0002-broken': {
        async up(db) {
          await db.schema.createTable('half_done').addColumn('id', 'integer').execute();
          throw new Error('no further');
        },
      },
    };
    await expect(migrateToLatest(database, broken)).rejects.toThrow('no further');
    const tables = await database.db.introspection.getTables();
    expect(tables.map(({ name }) => name)).not.toContain('half_done');
  });

  it('keeps nothing of a transaction that fails', async () => {
    const failing = database.transaction(async (db) => {
      await db.insertInto('nests').values({ name: 'lost' }).execute();
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await database.db.selectFrom('nests').selectAll().execute()).toEqual([]);
  });

  it('serves reads with the last committed state while a transaction is open', async () => {
    await database.transaction(async (db) => {
      await db.insertInto('nests').values({ name: 'unfinished' }).execute();
      expect(await database.db.selectFrom('nests').selectAll().execute()).toEqual([]);
      expect(await db.selectFrom('nests').select('name').execute()).toEqual([{ name: 'unfinished' }]);
    });
    expect(await database.db.selectFrom('nests').select('name').execute()).toEqual([{ name: 'unfinished' }]);
  });

  it('lets writers of several connections through one after the other, none failing', async () => {
    const writers = [database, open(), open(), open()];
    await database.db.insertInto('nests').values({ name: '0' }).execute();
    const increment = (writer: Database<Schema>) =>
      writer.transaction(async (db) => {
        const query = db.selectFrom('nests').select('name');
        const { name } = await writer.dialect.lockRows(query).executeTakeFirstOrThrow();
        await db
          .updateTable('nests')
          .set({ name: String(Number(name) + 1) })
          .execute();
      });
    await Promise.all(Array.from({ length: 10 }, () => writers.map(increment)).flat());
    expect(await database.db.selectFrom('nests').select('name').execute()).toEqual([{ name: '40' }]);
  });

  it('names a unique value that exists already by its type', async () => {
    const insert = () => database.db.insertInto('nests').values({ name: 'same' }).execute();
    await insert();
    await expect(insert()).rejects.toBeInstanceOf(UniqueViolationError);
  });

  it('names a row that is referred to, or missing, by its type', async () => {
    const { id } = await database.db
      .insertInto('nests')
      .values({ name: 'home' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await database.db.insertInto('eggs').values({ nest_id: id }).execute();
    const orphan = database.db
      .insertInto('eggs')
      .values({ nest_id: id + 1 })
      .execute();
    await expect(orphan).rejects.toBeInstanceOf(ForeignKeyViolationError);
    const removal = database.db.deleteFrom('nests').where('id', '=', id).execute();
    await expect(removal).rejects.toBeInstanceOf(ForeignKeyViolationError);
  });

  it('inserts any number of rows by one parameter', async () => {
    const names = Array.from({ length: 5000 }, (_, index) => ({ name: `nest "${index}" 'é'` }));
    const rows = database.dialect.recordset(names, { name: 'text' });
    await database.db
      .insertInto('nests')
      .columns(['name'])
      .expression((eb) => eb.selectFrom(rows.as('given')).select('given.name'))
      .execute();
    const stored = await database.db.selectFrom('nests').select('name').orderBy('id').execute();
    expect(stored).toEqual(names);
  });

  it.each([
    ['BRONTE', ['Anne Brontë']],
    ['moby whale', ['Moby-Dick; or, The Whale']],
    ['œuvres', ['Oeuvres complètes']],
    ['紅樓', ['紅樓夢']],
    ['1984', ['Nineteen (1984)']],
    ['mob', []],
  ])('finds whole words without regard to case and accents: %s', async (search, expected) => {
    const titles = [
      'Anne Brontë',
      'Moby-Dick; or, The Whale',
      'Oeuvres complètes',
      '紅樓夢',
      'Nineteen (1984)',
    ];
    for (const [index, title] of titles.entries()) {
      const words = database.dialect.wordDocument(wordsOf(title).join(' '));
      await database.db
        .insertInto('nest_words')
        .values({ rowid: index + 1, words })
        .execute();
    }
    const found = await database.db
      .selectFrom('nest_words')
      .select('rowid')
      .where(database.dialect.hasWords('nest_words', database.dialect.wordQuery(wordsOf(search))))
      .execute();
    expect(found.map(({ rowid }) => titles[rowid - 1])).toEqual(expected);
  });

  it('makes JSON that is to the byte what JSON.stringify makes, whatever the text', async () => {
    const codes = Array.from({ length: 0x800 }, (_, code) => code + 1);
    const names = ['', ...codes.map((code) => String.fromCodePoint(code)), '\u2028\ufeff\ufffd', '🥚"\\/'];
    const rows = names.map((name) => ({ name }));
    for (let start = 0; start < rows.length; start += 500) {
      await database.db
        .insertInto('nests')
        .values(rows.slice(start, start + 500))
        .execute();
    }
    const nests = (db: Kysely<Schema>) => db.selectFrom('nests').select(['id', 'name']).orderBy('id');
    const { dialect } = database;
    const { values, objects, list, none } = await database.db
      .selectNoFrom((eb) => [
        jsonObject({
          number: dialect.jsonValue(sql.lit(7)),
          "o'clock": dialect.jsonValue(sql<string>`cast(${'"\n'} as text)`),
          nothing: dialect.jsonValue(sql<null>`cast(null as text)`),
          list: dialect.jsonList(nests(database.db).where('id', '<', 3), 'id'),
        }).as('values'),
        dialect.jsonArray(nests(database.db)).as('objects'),
        dialect.jsonList(nests(database.db), 'name').as('list'),
        dialect.jsonList(eb.selectFrom('eggs').select('nest_id'), 'nest_id').as('none'),
      ])
      .executeTakeFirstOrThrow();
    expect(values).toBe(JSON.stringify({ number: 7, "o'clock": '"\n', nothing: null, list: [1, 2] }));
    expect(list).toBe(JSON.stringify(names));
    expect(objects).toBe(JSON.stringify(names.map((name, index) => ({ id: index + 1, name }))));
    expect(none).toBe('[]');
  });

  it('runs a prepared query in its transaction and outside, and still after a column was added', async () => {
    const nests = database.prepare((db: Kysely<Schema>, { name }: { name: string }) =>
      db.selectFrom('nests').select('id').where('name', '=', name),
    );
    const inTransaction = await database.transaction(async (db) => {
      await db.insertInto('nests').values({ name: 'wren' }).execute();
      return nests.execute(db, { name: 'wren' });
    });
    expect(inTransaction).toEqual([{ id: 1 }]);
    // PostgreSQL plans a named statement once and for all at its sixth run.
    for (let run = 0; run < 10; run += 1) {
      expect(await nests.execute(database.db, { name: 'wren' })).toEqual([{ id: 1 }]);
    }
    await sql`alter table nests add column eggs integer`.execute(database.db);
    expect(await nests.execute(database.db, { name: 'wren' })).toEqual([{ id: 1 }]);
    expect(await nests.execute(database.db, { name: 'rook' })).toEqual([]);
  });

  it('refuses queries once it is closed', async () => {
    const other = open();
    await other.ping(1000);
    await other.close();
    await expect(other.ping(1000)).rejects.toThrow();
  });
});

for (const { name, create } of TEST_DATABASES.filter((each) => each.name === 'PostgreSQL')) {
  it.each([
    ['the type of its column was changed', sql`alter table things alter column name type varchar(50)`],
    ['what was prepared was discarded', sql`deallocate all`],
  ])(`${name}: a prepared query runs on, in a transaction and outside, after %s`, async (_what, change) => {
    const server = await create();
    for (const isInTransaction of [false, true]) {
      const database = new Database<{ things: { name: string } }>(
        resolveDatabaseOptions({ url: server.url, poolSize: 1 }),
      );
      await sql`drop table if exists things`.execute(database.db);
      await sql`create table things (name text)`.execute(database.db);
      const things = database.prepare((db: Kysely<{ things: { name: string } }>, _values: object) =>
        db.selectFrom('things').select('name'),
      );
      expect(await things.execute(database.db, {})).toEqual([]);
      await change.execute(database.db);
      const run = isInTransaction
        ? database.transaction((db) => things.execute(db, {}))
        : things.execute(database.db, {});
      expect(await run).toEqual([]);
      await database.close();
    }
    await server.drop();
  });

  it(`${name}: a connection that is lost in the middle of a transaction costs that transaction and nothing else`, async () => {
    const server = await create();
    const database = new Database(resolveDatabaseOptions({ url: server.url }));
    const losing = database.transaction(async (db) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.db);
      await sql`select 1`.execute(db);
    });
    await expect(losing).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await database.ping(5000);
    await database.close();
    await server.drop();
  });
}

describe('a database that cannot be had', () => {
  it('says which SQLite file it could not open', async () => {
    const database = new Database(resolveDatabaseOptions({ url: 'sqlite:/dev/null/catalog.db' }));
    await expect(database.ping(1000)).rejects.toThrow(
      /cannot open the SQLite database \/dev\/null\/catalog.db/,
    );
    await expect(database.ping(1000)).rejects.toBeInstanceOf(DatabaseUnavailableError);
  });

  it('is unavailable when nothing listens at its address', async () => {
    const database = new Database(resolveDatabaseOptions({ url: 'postgres://127.0.0.1:1/none' }));
    await expect(database.ping(5000)).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await database.close();
  });

  it('costs a ping its timeout when it accepts and never answers', async () => {
    const mute = createServer(() => {}).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as { port: number };
    const database = new Database(
      resolveDatabaseOptions({ url: `postgres://127.0.0.1:${port}/mute`, connectTimeoutMs: 200 }),
    );
    await expect(database.ping(50)).rejects.toThrow('did not answer within 50 ms');
    await expect(database.ping(5000)).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await database.close();
    mute.close();
  });

  it('is refused when its URL names none that we know, without telling the URL', () => {
    expect(() => resolveDatabaseOptions({ url: 'mysql://root:hunter2@host/db' })).toThrow(/must be sqlite:/);
    expect(() => resolveDatabaseOptions({ url: 'mysql://root:hunter2@host/db' })).not.toThrow(/hunter2/);
  });
});
