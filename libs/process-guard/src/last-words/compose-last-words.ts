import { getHeapStatistics } from 'node:v8';
import type { Boot } from './boot.js';
import type { LastWords, MemoryOfLastWords, RequestOfLastWords } from './last-words.js';

/** What only the one who ends the process knows. */
export interface End extends Pick<LastWords, 'cause' | 'exitCode' | 'message'> {
  readonly stack?: string | null;
  readonly request?: RequestOfLastWords | null;
  readonly evidence?: Readonly<Record<string, unknown>>;
}

/** Adds who, when and how large to an end. */
export function composeLastWords(
  boot: Boot,
  { stack = null, request = null, evidence = {}, ...end }: End,
): LastWords {
  return {
    ...boot,
    at: new Date().toISOString(),
    ...end,
    stack,
    request,
    memory: memoryNow(),
    uptimeSeconds: Math.round(process.uptime()),
    evidence,
  };
}

function memoryNow(): MemoryOfLastWords {
  const { rss, heapUsed, external } = process.memoryUsage();
  return {
    rssBytes: rss,
    heapUsedBytes: heapUsed,
    heapLimitBytes: getHeapStatistics().heap_size_limit,
    externalBytes: external,
  };
}
