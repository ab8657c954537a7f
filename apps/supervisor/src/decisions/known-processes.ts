import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Logger } from '@nestjs/common';
import { writeWholeFile } from './whole-file.js';
import type { WorkerEnd } from './worker-end.js';

/** A worker's process that runs. */
export type KnownProcess = Pick<WorkerEnd, 'pmId' | 'pid' | 'bootId' | 'startedAtMs'>;

/**
 * Which processes there were when a supervisor last looked, in one small file: a process that is killed while there is no
 * supervisor leaves nothing else behind. Written when it changes; a failure costs that knowledge and nothing else.
 */
export class KnownProcesses {
  private readonly logger = new Logger('WorkerEnds');
  private last: readonly KnownProcess[] | undefined;
  private isFailing = false;

  constructor(private readonly file: string) {}

  /** What an earlier supervisor knew; nothing if that cannot be read. */
  async read(): Promise<readonly KnownProcess[]> {
    try {
      const known: unknown = JSON.parse(await readFile(this.file, 'utf8'));
      if (Array.isArray(known) && known.every(isKnownProcess)) return known;
      this.logger.warn({ message: `${this.file} does not list processes; it is written anew` });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.logger.warn({ message: `${this.file} cannot be read; it is written anew`, error });
      }
    }
    return [];
  }

  remember(processes: readonly KnownProcess[]): void {
    const known = processes.map(({ pmId, pid, bootId, startedAtMs }) => ({ pmId, pid, bootId, startedAtMs }));
    if (isDeepStrictEqual(known, this.last)) return;
    try {
      mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
      writeWholeFile(this.file, `${JSON.stringify(known, null, 2)}\n`);
      this.last = known;
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) this.logger.warn({ message: `${this.file} cannot be written`, error });
      this.isFailing = true;
    }
  }
}

function isKnownProcess(value: unknown): value is KnownProcess {
  if (typeof value !== 'object' || value === null) return false;
  const { pmId, pid, bootId, startedAtMs } = value as Record<string, unknown>;
  return (
    [pmId, pid, startedAtMs].every((part) => typeof part === 'number') &&
    (bootId === null || typeof bootId === 'string')
  );
}
