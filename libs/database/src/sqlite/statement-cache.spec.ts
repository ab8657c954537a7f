import BetterSqlite3 from 'better-sqlite3';
import { StatementCache } from './statement-cache.js';

describe('StatementCache', () => {
  const connection = new BetterSqlite3(':memory:');
  afterAll(() => connection.close());

  it('prepares a text once', () => {
    const cache = new StatementCache(connection);
    expect(cache.prepare('select 1')).toBe(cache.prepare('select 1'));
  });

  it('drops the statement that was not used for longest, so generated texts cannot fill the memory', () => {
    const cache = new StatementCache(connection);
    const kept = cache.prepare('select 0');
    const dropped = cache.prepare('select -1');
    for (let index = 1; index < 500; index += 1) {
      cache.prepare(`select ${index}`);
      cache.prepare('select 0');
    }
    expect(cache.prepare('select 0')).toBe(kept);
    expect(cache.prepare('select -1')).not.toBe(dropped);
  });
});
