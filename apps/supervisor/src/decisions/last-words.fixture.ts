import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LastWords } from '@evernest/process-guard';

/** Last words as a worker of the cluster leaves them. */
export function lastWords(given: Partial<LastWords> = {}): LastWords {
  return {
    bootId: '20261121T150000000Z-4711-9f3c',
    pid: 4711,
    pmId: 1,
    at: '2026-11-21T15:01:00.000Z',
    cause: 'fatal-error',
    exitCode: 70,
    message: 'a timer broke',
    stack: null,
    request: null,
    memory: { rssBytes: 1, heapUsedBytes: 1, heapLimitBytes: 1, externalBytes: 1 },
    uptimeSeconds: 60,
    evidence: {},
    ...given,
  };
}

export function leave(folder: string, given: Partial<LastWords> = {}): LastWords {
  const words = lastWords(given);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${words.bootId}.json`), JSON.stringify(words));
  return words;
}
