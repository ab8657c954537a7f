import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { failure } from '../../../scripts/failure.js';
import { projectRoot } from '../../../scripts/project-root.js';

const IMPORT = join(projectRoot, 'dist/apps/catalog/src/import/main.js');
const CATALOGUE = join(projectRoot, 'apps/catalog/data/gutenberg.csv');

/** Imports the catalogue into a file of its own and tells which books and copies there are. */
export async function makeCatalogue(folder) {
  const databaseFile = join(folder, 'catalog.db');
  const env = { PATH: process.env.PATH, STATE_DIR: folder, DATABASE_URL: `sqlite:${databaseFile}` };
  try {
    await promisify(execFile)(process.execPath, [IMPORT, CATALOGUE], { env, cwd: folder });
  } catch (error) {
    throw failure(`The catalogue cannot be imported: ${error.stderr ?? error.message}`, error);
  }
  const database = new Database(databaseFile, { readonly: true });
  const idsOf = (table) => database.prepare(`select id from ${table} order by id`).pluck().all();
  const catalogue = { bookIds: idsOf('books'), copyIds: idsOf('copies') };
  database.close();
  return { databaseFile, catalogue };
}
