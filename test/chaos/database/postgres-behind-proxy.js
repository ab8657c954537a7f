import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { SeverableProxy } from '../../support/severable-proxy.js';
import { LeftOut } from '../left-out.js';
import { importCatalogue } from '../make-catalogue.js';

const SERVER = process.env.TEST_DATABASE_URL || 'postgres://postgres@127.0.0.1:5432/test';
const CONNECT_TIMEOUT_MS = 3_000;

/**
 * A PostgreSQL database with the real catalogue, made for one trial and dropped after it, behind a proxy that can sever it: to be a
 * scenario's `prepare`. @throws LeftOut where there is no PostgreSQL
 */
export async function postgresBehindProxy({ folder, after, signal }) {
  const name = `evernest_chaos_${randomUUID().replaceAll('-', '')}`;
  try {
    await onServer(`create database ${name}`);
  } catch (error) {
    throw new LeftOut(`It needs PostgreSQL at TEST_DATABASE_URL that may make databases: ${error.message}`, {
      cause: error,
    });
  }
  after(() => onServer(`drop database if exists ${name} with (force)`));
  const direct = urlOf(new URL(SERVER), { pathname: name });
  await importCatalogue(direct.href, { folder, signal });

  const proxy = new SeverableProxy(direct.hostname, Number(direct.port || 5432));
  await proxy.start();
  after(() => proxy.refuse());
  const throughProxy = urlOf(direct, { hostname: '127.0.0.1', port: String(proxy.port) });
  return { proxy, variables: { DATABASE_URL: throughProxy.href } };
}

function urlOf(url, changes) {
  return Object.assign(new URL(url), changes);
}

async function onServer(statement) {
  const client = new pg.Client({
    connectionString: SERVER,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // It may be lost while it is idle.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
  }
}
