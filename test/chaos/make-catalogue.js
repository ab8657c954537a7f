import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { failure } from '../../scripts/failure.js';
import { projectRoot } from '../../scripts/project-root.js';

const IMPORT = join(projectRoot, 'dist/apps/catalog/src/import/main.js');
const CATALOGUE = join(projectRoot, 'apps/catalog/data/gutenberg.csv');
/** Every so many books one page of a list. */
const BOOKS_TO_A_PAGE = 20;

/** Imports the real catalogue once for all trials, and tells what clients can ask of it. */
export async function makeCatalogue(folder) {
  const databaseFile = join(folder, 'catalog.db');
  await importCatalogue(`sqlite:${databaseFile}`, { folder });
  const database = new Database(databaseFile, { readonly: true });
  const ids = database.prepare('select id from books order by id limit 500').pluck().all();
  database.close();
  const paths = ids
    .map(String)
    .flatMap((id, index) =>
      index % BOOKS_TO_A_PAGE === 0 ? [`/books/${id}`, '/books?limit=20'] : [`/books/${id}`],
    );
  return { databaseFile, paths };
}

/** Books have the same ids in every database that is filled by it. */
export async function importCatalogue(databaseUrl, { folder, signal }) {
  const env = { PATH: process.env.PATH, STATE_DIR: folder, DATABASE_URL: databaseUrl };
  try {
    await promisify(execFile)(process.execPath, [IMPORT, CATALOGUE], { env, cwd: folder, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw failure(`The catalogue cannot be imported: ${error.stderr ?? error.message}`, error);
  }
}
