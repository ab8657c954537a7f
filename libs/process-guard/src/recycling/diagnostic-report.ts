import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keepNewest } from '../last-words/write-last-words.js';

const ENDING = '.report.json';
/** Ten recycled workers show what they have in common. */
const KEPT_FILES = 10;

/**
 * Writes Node's diagnostic report (heap spaces, native stack, handles, resource usage) to `<folder>/<bootId>.report.json`,
 * whole or not at all, without environment variables, as they hold secrets, and without asking name servers. Collecting
 * it holds the event loop for some milliseconds.
 * @returns the file
 * @throws Error of the file system.
 */
export async function writeDiagnosticReport(folder: string, bootId: string): Promise<string> {
  const report = JSON.stringify(collectReport());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${bootId}${ENDING}`);
  const unfinished = `${file}.tmp`;
  try {
    await writeFile(unfinished, report, { mode: 0o600 });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  keepNewest(folder, ENDING, KEPT_FILES);
  return file;
}

function collectReport(): object {
  const settings = process.report as typeof process.report & { excludeNetwork: boolean };
  const { excludeNetwork } = settings;
  try {
    // Otherwise it resolves the peers of all sockets, for as long as a name server takes.
    settings.excludeNetwork = true;
    const { environmentVariables: _secrets, ...report } = settings.getReport() as {
      environmentVariables?: unknown;
    };
    return report;
  } finally {
    settings.excludeNetwork = excludeNetwork;
  }
}
