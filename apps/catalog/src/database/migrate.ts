import { writeSync } from 'node:fs';
import { migrateToLatest } from '@evernest/database';
import { loadEnvironment } from '../environment.js';
import { startFailure } from '../failed-start.js';
import { MIGRATIONS } from './migrations/index.js';
import { openDatabase } from './open-database.js';

const STDOUT = 1;
const STDERR = 2;

/** `npm run migrate`: brings the schema up to date and says what it did. */
try {
  const database = openDatabase(loadEnvironment());
  try {
    const done = await migrateToLatest(database, MIGRATIONS);
    writeSync(STDOUT, done.length > 0 ? `Migrated: ${done.join(', ')}\n` : 'The schema is up to date.\n');
  } finally {
    await database.close();
  }
} catch (error) {
  writeSync(STDERR, `${startFailure(error)}\n`);
  process.exitCode = 71;
}
