/** Why a worker ended. */
export type EndCause = 'fatal-error' | 'hang' | 'memory' | 'descriptors' | 'start-failed' | 'asked';

/** The request that a worker was busy with when it ended. */
export interface RequestOfLastWords {
  readonly id: string;
  readonly method: string;
  /** The pattern of the route, such as `/books/:id`; the path, without its query, where no route matched. */
  readonly route: string;
}

/** What the process occupied, in bytes. */
export interface MemoryOfLastWords {
  readonly rssBytes: number;
  readonly heapUsedBytes: number | null;
  readonly heapLimitBytes: number | null;
  readonly externalBytes: number | null;
}

/**
 * Why one worker ended, as it stands in `<folder>/<bootId>.json`. pm2 reports crashes and signals alike as exit code 0,
 * so this file and not pm2 tells the truth.
 */
export interface LastWords {
  /** One start of one process; also in `details.guard` of its health. */
  readonly bootId: string;
  readonly pid: number;
  /** pm2's number of the worker; null outside pm2. */
  readonly pmId: number | null;
  /** When it was written, ISO 8601 in UTC. */
  readonly at: string;
  readonly cause: EndCause;
  /** 0 asked to stop, 70 fatal error, 71 start failed, 72 recycled, 137 killed because it hung; after a call of `process.exit`, its own. */
  readonly exitCode: number;
  /** One sentence for a person. */
  readonly message: string;
  /** Where it happened, mapped to TypeScript where there is a source map, causes included; null if not known. */
  readonly stack: string | null;
  readonly request: RequestOfLastWords | null;
  readonly memory: MemoryOfLastWords;
  readonly uptimeSeconds: number;
  /** What else is known, by cause: `activeResources`, `threads`, `stalledForMs`, `heapFloorSlopeBytesPerMinute` and so on. */
  readonly evidence: Readonly<Record<string, unknown>>;
}
