import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failure } from '../failure.js';
import { tryLock } from '../lock.js';

/** Makes STATE_DIR and takes it for this start; returns the function that gives it back. @throws Failure */
export function claimStateDir(stateDir) {
  for (const folder of [stateDir, join(stateDir, 'log')]) {
    try {
      makeFolder(folder);
      accessSync(folder, constants.W_OK);
    } catch (error) {
      throw failure(`Cannot write to ${folder} (${error.code}): make it writable, or set STATE_DIR.`, error);
    }
  }
  const { holder, release } = tryLock(join(stateDir, 'start.lock'));
  if (release) return release;
  throw failure(
    `Evernest already runs from ${stateDir}, as process ${holder}: stop it with Ctrl-C or "kill ${holder}".`,
  );
}

/** mkdir's own `recursive` tries for ever where the system answers ENOENT although the parent exists, as /proc does. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
