import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { LeftOut } from './left-out.js';

/** A disk in memory, until `unmount`. Over another it hides that one meanwhile. @throws LeftOut where that is not allowed */
export function mountDisk(folder, options) {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    throw new LeftOut(`It needs a small disk, which only root on Linux may mount: ${error.message}`, {
      cause: error,
    });
  }
}

/** At once, also if files there are still open. */
export function unmountDisk(folder) {
  execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' });
}
