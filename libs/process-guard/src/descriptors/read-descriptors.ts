import { readdir, readFile, stat } from 'node:fs/promises';

const OPEN = '/proc/self/fd';

/** File descriptors of this process. */
export interface Descriptors {
  readonly open: number;
  readonly limit: number;
}

/** The limit as it was read last: when none is left, it cannot be read any more. */
let knownLimit = 0;

/** Null where the system does not tell, which only Linux does. */
export async function readDescriptors(): Promise<Descriptors | null> {
  try {
    const [, limit] = /^Max open files +(\d+)/m.exec(await readFile('/proc/self/limits', 'utf8')) ?? [];
    if (limit === undefined) return null;
    knownLimit = Number(limit);
    return { open: await countOpen(), limit: knownLimit };
  } catch (error) {
    const isExhausted = (error as NodeJS.ErrnoException).code === 'EMFILE';
    return isExhausted && knownLimit > 0 ? { open: knownLimit, limit: knownLimit } : null;
  }
}

/** The size of the folder says it since Linux 6.2, and spares us ten thousand names where as many are open; before, it is 0. */
async function countOpen(): Promise<number> {
  return (await stat(OPEN)).size || (await readdir(OPEN)).length;
}
