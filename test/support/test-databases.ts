import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A database that a suite may fill as it likes. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** The databases that suites run on: SQLite always, PostgreSQL when `TEST_DATABASE_URL` names a server. */
export const TEST_DATABASES: readonly { name: string; create: () => Promise<TestDatabase> }[] = [
  { name: 'SQLite', create: createSqlite },
  ...(process.env['TEST_DATABASE_URL'] ? [{ name: 'PostgreSQL', create: createPostgres }] : []),
];

export async function createSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'evernest-'));
  return {
    url: `sqlite:${join(folder, 'catalog.db')}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A schema of its own in the given database, so that suites run side by side and leave nothing behind. */
async function createPostgres(): Promise<TestDatabase> {
  const schema = `evernest_${randomBytes(6).toString('hex')}`;
  await runOnServer(`create schema ${schema}`);
  const url = new URL(serverUrl());
  url.searchParams.set('options', `-c search_path=${schema}`);
  return { url: url.href, drop: () => runOnServer(`drop schema ${schema} cascade`) };
}

async function runOnServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('TEST_DATABASE_URL is not set');
  return url;
}
