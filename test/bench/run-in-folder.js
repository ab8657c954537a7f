import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../scripts/failure.js';
import { EXIT } from './exit-codes.js';

/** Does `work` in a temporary folder of its own, which is gone afterwards however that ends. @returns the exit code */
export async function runInFolder(prefix, signal, work) {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  try {
    await work(folder);
    return EXIT.done;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    return EXIT.failed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
