import { DatabaseError } from '@evernest/database';
import { openDatabase } from '../database/open-database.js';
import { EnvironmentError } from '@evernest/environment';
import { loadEnvironment } from '../environment.js';
import { describe } from '../failed-start.js';
import { readCommandLine, type ImportRequest } from './command-line.js';
import { EXIT } from './exit-codes.js';
import { runImport } from './run-import.js';
import { startReading } from './start-reading.js';

/** `npm run import -- FILE.csv …` */
const request = readCommandLine(process.argv.slice(2));
process.exitCode = typeof request === 'number' ? request : await main(request);

async function main(asked: ImportRequest): Promise<number> {
  const interruption = new AbortController();
  // Only the first: a second Ctrl-C ends the process at once, and the database rolls the batch back.
  process.once('SIGINT', () => interruption.abort());
  try {
    const database = openDatabase(loadEnvironment());
    try {
      return await runImport(asked, {
        database,
        read: startReading,
        stdout: process.stdout,
        stderr: process.stderr,
        signal: interruption.signal,
      });
    } finally {
      await database.close();
    }
  } catch (error) {
    process.stderr.write(`The import failed: ${describe(error)}\n`);
    return error instanceof DatabaseError || error instanceof EnvironmentError
      ? EXIT.noDatabase
      : EXIT.someNotTaken;
  }
}
