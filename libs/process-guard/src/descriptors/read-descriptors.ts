import { readdir, readFile } from 'node:fs/promises';

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
    return { open: (await readdir('/proc/self/fd')).length, limit: knownLimit };
  } catch (error) {
    const isExhausted = (error as NodeJS.ErrnoException).code === 'EMFILE';
    return isExhausted && knownLimit > 0 ? { open: knownLimit, limit: knownLimit } : null;
  }
}
