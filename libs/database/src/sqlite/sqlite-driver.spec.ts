import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../database.js';
import { resolveDatabaseOptions } from '../database-options.js';
import { DatabaseBusyError, ForeignKeyViolationError } from '../errors.js';

describe('the SQLite driver', () => {
  let folder: string;
  let stranger: BetterSqlite3.Database;
  let database: Database;

  const open = (busyTimeoutMs: number) =>
    new Database(resolveDatabaseOptions({ url: `sqlite:${join(folder, 'test.db')}`, busyTimeoutMs }));
  const insert = () => sql`insert into seen values (1)`.execute(database.db);
  const count = async () => (await sql`select * from seen`.execute(database.db)).rows.length;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'evernest-'));
    database = open(10_000);
    await sql`create table seen (value integer)`.execute(database.db);
    stranger = new BetterSqlite3(join(folder, 'test.db'));
  });

  afterEach(async () => {
    stranger.close();
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it('keeps the event loop turning while another process holds the write lock', async () => {
    stranger.exec('begin immediate');
    const writing = insert();
    let turns = 0;
    for (; turns < 100; turns += 1) await new Promise(setImmediate);
    expect(await count()).toBe(0);
    stranger.exec('commit');
    await writing;
    expect(await count()).toBe(1);
  });

  it('gives up a write at its deadline with an error that says the database is busy', async () => {
    await database.close();
    database = open(20);
    stranger.exec('begin immediate');
    await expect(insert()).rejects.toBeInstanceOf(DatabaseBusyError);
    await expect(database.transaction(async () => {})).rejects.toBeInstanceOf(DatabaseBusyError);
    stranger.exec('commit');
    await insert();
    expect(await count()).toBe(1);
  });

  it('gives up waiting for a transaction of its own process, and the next in line is served', async () => {
    await database.close();
    database = open(20);
    let finish = () => {};
    const first = database.transaction(() => new Promise<void>((resolve) => (finish = resolve)));
    await expect(insert()).rejects.toThrow(/another transaction of this process/);
    const waiting = insert();
    finish();
    await first;
    await waiting;
    expect(await count()).toBe(1);
  });

  it('reads while another process is in the middle of a write', async () => {
    stranger.exec('begin immediate; insert into seen values (7)');
    expect(await count()).toBe(0);
    stranger.exec('commit');
    expect(await count()).toBe(1);
  });

  it('enforces foreign keys, which SQLite leaves off by default', async () => {
    await sql`create unique index seen_value on seen (value)`.execute(database.db);
    await sql`create table child (parent integer references seen (value))`.execute(database.db);
    await expect(sql`insert into child values (9)`.execute(database.db)).rejects.toBeInstanceOf(
      ForeignKeyViolationError,
    );
  });

  it('rolls back, and lets the next one write, when a commit fails', async () => {
    await sql`create unique index seen_value on seen (value)`.execute(database.db);
    await sql`create table late (parent integer references seen (value) deferrable initially deferred)`.execute(
      database.db,
    );
    const failing = database.transaction((db) => sql`insert into late values (9)`.execute(db));
    const next = insert();
    await expect(failing).rejects.toBeInstanceOf(ForeignKeyViolationError);
    await next;
    expect(await count()).toBe(1);
    expect((await sql`select * from late`.execute(database.db)).rows).toEqual([]);
  });
});
