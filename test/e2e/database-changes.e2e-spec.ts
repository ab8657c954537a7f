import { setTimeout as delay } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import {
  Database,
  migrateToLatest,
  POSTGRES_STALENESS_BOUND_MS,
  resolveDatabaseOptions,
} from '@evernest/database';
import { startMuffledProxy } from '../support/muffled-proxy.js';
import { SeverableProxy } from '../support/severable-proxy.js';
import { TEST_DATABASES, type TestDatabase } from '../support/test-databases.js';

const POLL_INTERVAL_MS = 5;

interface Schema {
  things: { id: number };
}
type Changes = Pick<ReturnType<Database['watchChanges']>, 'version'>;

function open(url: string): Database<Schema> {
  return new Database<Schema>(resolveDatabaseOptions({ url }));
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(POLL_INTERVAL_MS);
}

async function known(changes: Changes): Promise<number> {
  await until(() => changes.version() !== undefined);
  return changes.version()!;
}

describe.each(TEST_DATABASES)('changes in a $name database', ({ name, create }) => {
  let testDatabase: TestDatabase;
  let database: Database<Schema>;
  let other: Database<Schema>;

  beforeEach(async () => {
    testDatabase = await create();
    database = open(testDatabase.url);
    other = open(testDatabase.url);
    await other.db.schema.createTable('things').addColumn('id', 'integer').execute();
    await other.dialect.announceChanges(other.db);
  });

  afterEach(async () => {
    await database.close();
    await other.close();
    await testDatabase.drop();
  });

  const insert = (into: Database<Schema>, id: number) =>
    into.db.insertInto('things').values({ id }).execute();

  it('show as another version once another connection has committed', async () => {
    const changes = database.watchChanges();
    const before = await known(changes);
    await insert(other, 1);
    await until(() => changes.version() !== before);
  });

  it('show at once if this process has committed them', async () => {
    const changes = database.watchChanges();
    let before = await known(changes);
    await insert(database, 1);
    expect(changes.version()).not.toBe(before);
    before = changes.version()!;
    await database.transaction((db) => db.deleteFrom('things').execute());
    expect(changes.version()).not.toBe(before);
  });

  it('show once for each commit, of which no version is seen again', async () => {
    const changes = database.watchChanges();
    const seen = new Set([await known(changes)]);
    for (let id = 1; id <= 5; id += 1) {
      await insert(other, id);
      await until(() => !seen.has(changes.version()!));
      seen.add(changes.version()!);
    }
    expect(seen.size).toBe(6);
  });

  it('do not show when there are none, however much is read', async () => {
    const changes = database.watchChanges();
    const before = await known(changes);
    await database.db.selectFrom('things').selectAll().execute();
    await other.transaction(async (db) => void (await db.selectFrom('things').selectAll().execute()));
    await delay(POLL_INTERVAL_MS * 10);
    expect(changes.version()).toBe(before);
  });

  it('do not show before they are committed, nor if they are not', async () => {
    const changes = database.watchChanges();
    const before = await known(changes);
    const failure = new Error('never mind');
    const rolledBack = other.transaction(async (db) => {
      await db.insertInto('things').values({ id: 1 }).execute();
      expect(changes.version()).toBe(before);
      throw failure;
    });
    await expect(rolledBack).rejects.toBe(failure);
    await delay(POLL_INTERVAL_MS * 10);
    expect(changes.version()).toBe(before);
  });

  it('are not known after the end', async () => {
    const changes = database.watchChanges();
    await known(changes);
    await database.close();
    expect(changes.version()).toBeUndefined();
    database = open(testDatabase.url);
  });

  it('show of every table that a migration has made', async () => {
    const step = {
      up: (db: Kysely<unknown>) => db.schema.createTable('others').addColumn('id', 'integer').execute(),
    };
    await migrateToLatest(other, { '0001': step });
    const changes = database.watchChanges();
    const before = await known(changes);
    await sql`insert into others values (1)`.execute(other.db);
    await until(() => changes.version() !== before);
  });

  it('are watched once for all who ask', () => {
    expect(database.watchChanges()).toBe(database.watchChanges());
  });

  if (name === 'SQLite') {
    it('are not known as long as there is no file', async () => {
      const none = await create();
      const empty = open(none.url);
      const changes = empty.watchChanges();
      expect(changes.version()).toBeUndefined();
      await sql`create table things (id integer)`.execute(empty.db);
      expect(changes.version()).toBeDefined();
      await empty.close();
      await none.drop();
    });
    return;
  }

  it('show in whichever schema of its search path the database finds its tables', async () => {
    const url = new URL(testDatabase.url);
    const schema = url.searchParams.get('options')!.split('=').at(-1);
    await sql.raw(`create schema ${schema}_before`).execute(other.db);
    url.searchParams.set('options', `-c search_path=${schema}_before,${schema}`);
    const behind = open(url.href);
    const changes = behind.watchChanges();
    const before = await known(changes);
    await insert(other, 1);
    await until(() => changes.version() !== before);
    await behind.close();
    await sql.raw(`drop schema ${schema}_before`).execute(other.db);
  });

  it('show if a table was emptied at once', async () => {
    await insert(other, 1);
    const changes = database.watchChanges();
    const before = await known(changes);
    await sql`truncate things`.execute(other.db);
    await until(() => changes.version() !== before);
  });

  it('are not known at first when the process was stopped for a while', async () => {
    const changes = database.watchChanges();
    await known(changes);
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + 5000);
    expect(changes.version()).toBeUndefined();
    await known(changes);
  });

  it('do not show from the schemas of others', async () => {
    const others = await create();
    const stranger = open(others.url);
    await stranger.db.schema.createTable('things').addColumn('id', 'integer').execute();
    await stranger.dialect.announceChanges(stranger.db);
    const changes = database.watchChanges();
    const before = await known(changes);
    await insert(stranger, 1);
    await delay(POLL_INTERVAL_MS * 10);
    expect(changes.version()).toBe(before);
    await stranger.close();
    await others.drop();
  });

  it('are not known as long as a table does not announce them', async () => {
    await other.db.schema.createTable('silent').addColumn('id', 'integer').execute();
    const changes = database.watchChanges();
    const timesKnown = [];
    for (let look = 0; look < 60; look += 1) {
      if (changes.version() !== undefined) timesKnown.push(look);
      await delay(POLL_INTERVAL_MS);
    }
    expect(timesKnown).toEqual([]);
    await other.dialect.announceChanges(other.db);
    await known(changes);
  });

  describe('whose announcements may not arrive', () => {
    async function watchThrough(port: number): Promise<{ changes: Changes; close: () => Promise<void> }> {
      const url = new URL(testDatabase.url);
      url.port = String(port);
      const behind = open(url.href);
      return { changes: behind.watchChanges(), close: () => behind.close() };
    }

    async function severableProxy(): Promise<SeverableProxy> {
      const { hostname, port } = new URL(testDatabase.url);
      const proxy = new SeverableProxy(hostname, Number(port || 5432));
      await proxy.start();
      return proxy;
    }

    it('are not waited for at the end if the server is silent', async () => {
      const proxy = await severableProxy();
      await proxy.mute();
      const { close } = await watchThrough(proxy.port);
      await delay(POLL_INTERVAL_MS * 10);
      const hasClosed = close().then(() => true);
      // It would take as long as it may take to connect, which is 5 s.
      expect(await Promise.race([hasClosed, delay(3000, false)])).toBe(true);
      await proxy.refuse();
    });

    it('are not known from the moment when the connection is cut, and another version when it is back', async () => {
      const proxy = await severableProxy();
      const { changes, close } = await watchThrough(proxy.port);
      const before = await known(changes);
      await proxy.refuse();
      await until(() => changes.version() === undefined);
      await insert(other, 1);
      await proxy.start();
      expect(await known(changes)).not.toBe(before);
      await close();
      await proxy.refuse();
    });

    it('are not known once the connection has been silent for as long as the bound', async () => {
      const proxy = await severableProxy();
      const { changes, close } = await watchThrough(proxy.port);
      await known(changes);
      proxy.silence();
      const silentAtMs = performance.now();
      await insert(other, 1);
      let lastKnownAfterMs = 0;
      await until(() => {
        const askedAfterMs = performance.now() - silentAtMs;
        if (changes.version() === undefined) return true;
        lastKnownAfterMs = askedAfterMs;
        return false;
      });
      expect(lastKnownAfterMs).toBeLessThan(POSTGRES_STALENESS_BOUND_MS);
      await proxy.refuse();
      await close();
    });

    it('are not known behind a pooler that does not pass them on', async () => {
      const { hostname, port } = new URL(testDatabase.url);
      const pooler = await startMuffledProxy(hostname, Number(port || 5432));
      const { changes, close } = await watchThrough(pooler.port);
      const timesKnown = [];
      for (let look = 0; look < 100; look += 1) {
        if (changes.version() !== undefined) timesKnown.push(look);
        await delay(POLL_INTERVAL_MS);
      }
      expect(timesKnown).toEqual([]);
      await close();
      pooler.close();
    });
  });
});
