import BetterSqlite3 from 'better-sqlite3';
import { sql, type Kysely } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from './database.js';
import { resolveDatabaseOptions } from './database-options.js';
import { UniqueViolationError } from './errors.js';

interface Schema {
  nests: { id: number; bird: string };
}

interface Wanted {
  readonly bird?: string;
  readonly ids?: readonly number[];
}

describe('a prepared query', () => {
  let folder: string;
  let database: Database<Schema>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'evernest-'));
    database = new Database(resolveDatabaseOptions({ url: `sqlite:${join(folder, 'test.db')}` }));
    await sql`create table nests (id integer primary key, bird text)`.execute(database.db);
    await sql`insert into nests values (1, 'wren'), (2, 'rook'), (3, 'wren'), (4, null)`.execute(database.db);
  });

  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  const select = (db: Kysely<Schema>, { bird, ids }: Wanted) => {
    let query = db.selectFrom('nests').select('id').orderBy('id');
    if (bird !== undefined) query = query.where('bird', '=', bird);
    if (ids) query = query.where(sql<boolean>`id in (${sql.join([...ids])})`);
    return query;
  };

  it('gives each run the rows for its own values', async () => {
    const nests = database.prepare(select);
    const run = async (wanted: Wanted) => (await nests.execute(database.db, wanted)).map(({ id }) => id);
    expect(await run({ bird: 'wren' })).toEqual([1, 3]);
    expect(await run({ bird: 'rook' })).toEqual([2]);
    expect(await run({ bird: undefined })).toEqual([1, 2, 3, 4]);
    expect(await run({ ids: [2, 3] })).toEqual([2, 3]);
    expect(await run({ ids: [4, 1] })).toEqual([1, 4]);
    expect(await run({ ids: [4] })).toEqual([4]);
    expect(await run({ bird: 'wren', ids: [3, 4] })).toEqual([3]);
    expect(await run({ bird: 'wren' })).toEqual([1, 3]);
  });

  it('is built once for each set of values that are present and each length of a list', async () => {
    const build = jest.fn(select);
    const nests = database.prepare(build);
    for (const wanted of [{ bird: 'wren' }, { bird: 'rook' }, { bird: 'gull', ids: undefined }]) {
      await nests.execute(database.db, wanted);
    }
    expect(build).toHaveBeenCalledTimes(1);
    for (const ids of [[1], [2], [1, 2], [3, 4]]) await nests.execute(database.db, { ids });
    expect(build).toHaveBeenCalledTimes(3);
  });

  it('keeps a bounded number of texts', async () => {
    const build = jest.fn(select);
    const nests = database.prepare(build);
    for (let length = 1; length <= 201; length += 1) {
      await nests.execute(database.db, { ids: Array.from({ length }, (_, id) => id) });
    }
    await nests.execute(database.db, { ids: [1] });
    expect(build).toHaveBeenCalledTimes(202);
  });

  it('takes null for a value and not for the lack of one', async () => {
    const nests = database.prepare((db, { bird }: { bird: string | null | undefined }) =>
      bird === undefined
        ? db.selectFrom('nests').select('id')
        : db
            .selectFrom('nests')
            .select('id')
            .where('bird', 'is', bird as null),
    );
    expect(await nests.execute(database.db, { bird: undefined })).toHaveLength(4);
    expect(await nests.execute(database.db, { bird: null })).toEqual([{ id: 4 }]);
  });

  it('takes the first row, or nothing without any', async () => {
    const nests = database.prepare(select);
    expect(await nests.executeTakeFirst(database.db, { bird: 'wren' })).toEqual({ id: 1 });
    expect(await nests.executeTakeFirst(database.db, { bird: 'owl' })).toBeUndefined();
  });

  it('sees in a transaction what the transaction wrote, and outside of it does not', async () => {
    const nests = database.prepare(select);
    const owls = (db: Kysely<Schema>) => nests.execute(db, { bird: 'owl' });
    await database.transaction(async (db) => {
      await sql`insert into nests values (5, 'owl')`.execute(db);
      expect(await owls(db)).toEqual([{ id: 5 }]);
      expect(await owls(database.db)).toEqual([]);
    });
    expect(await owls(database.db)).toEqual([{ id: 5 }]);
  });

  it('may write', async () => {
    const rename = database.prepare((db, { id, bird }: { id: number; bird: string }) =>
      db.updateTable('nests').set({ bird }).where('id', '=', id).returning('bird'),
    );
    expect(await rename.execute(database.db, { id: 2, bird: 'owl' })).toEqual([{ bird: 'owl' }]);
    expect(await rename.execute(database.db, { id: 9, bird: 'owl' })).toEqual([]);
  });

  it('refuses to be built out of what a value is', async () => {
    const matching = database.prepare((db, { bird }: { bird: string }) =>
      db.selectFrom('nests').selectAll().where('bird', 'like', `${bird}%`),
    );
    await expect(matching.execute(database.db, { bird: 'o' })).rejects.toThrow(
      /"bird" .* has no value while/,
    );
    // @ts-expect-error: a stand-in would count as true
    database.prepare((db, { isOld }: { isOld: boolean }) => select(db, { bird: isOld ? 'owl' : 'jay' }));
  });

  it('waits with a write for the transaction that is open, and reads meanwhile', async () => {
    const insert = database.prepare((db, { id }: { id: number }) =>
      db.insertInto('nests').values({ id, bird: 'owl' }),
    );
    const owls = database.prepare(select);
    let isWritten = false;
    let writing: Promise<unknown> | undefined;
    await database.transaction(async (db) => {
      writing = insert.execute(database.db, { id: 9 }).then(() => (isWritten = true));
      await insert.execute(db, { id: 8 });
      expect(await owls.execute(database.db, { bird: 'owl' })).toEqual([]);
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      expect(isWritten).toBe(false);
    });
    await writing;
    expect(await owls.execute(database.db, { bird: 'owl' })).toEqual([{ id: 8 }, { id: 9 }]);
  });

  it('waits for another process that writes, and gives its errors their types', async () => {
    const insert = database.prepare((db, { id }: { id: number }) =>
      db.insertInto('nests').values({ id, bird: 'owl' }),
    );
    const stranger = new BetterSqlite3(join(folder, 'test.db'));
    stranger.exec('begin immediate; insert into nests values (7, null)');
    const writing = insert.execute(database.db, { id: 7 });
    stranger.exec('commit');
    stranger.close();
    await expect(writing).rejects.toBeInstanceOf(UniqueViolationError);
    await expect(insert.execute(database.db, { id: 1 })).rejects.toBeInstanceOf(UniqueViolationError);
  });

  it('opens the database when it is the first query, and is refused once that is closed', async () => {
    const other = new Database<Schema>(resolveDatabaseOptions({ url: `sqlite:${join(folder, 'test.db')}` }));
    const nests = other.prepare(select);
    expect(await nests.execute(other.db, { bird: 'rook' })).toEqual([{ id: 2 }]);
    await other.close();
    await expect(nests.execute(other.db, { bird: 'rook' })).rejects.toThrow(/destroyed/);
  });
});
