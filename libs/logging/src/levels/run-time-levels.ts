import { requireContextName } from './context-name.js';
import { LEVEL_RANKS, LOG_LEVELS, requireLogLevel, type LogLevel } from './log-levels.js';
import type { ConfiguredLevels } from './parse-levels.js';

/** How long a level may be changed for, in ms: a second to a day. */
export const LEVEL_DURATION_MS = { least: 1000, most: 24 * 60 * 60 * 1000 } as const;
const MAX_CONTEXTS = 50;

export interface LevelChange {
  /** The least grave level that is written. */
  readonly level: LogLevel;
  /** Only for lines of this context. @default all that have no level of their own */
  readonly context?: string;
  /** How long, from 1 s to 24 h; then what was configured holds again. @default until the process ends */
  readonly forMs?: number;
}

export interface CurrentLevels {
  readonly level: LogLevel;
  /** When the configured level holds again, as ISO 8601; absent if nothing is limited in time. */
  readonly until?: string;
  readonly contexts: readonly {
    readonly context: string;
    readonly level: LogLevel;
    readonly until?: string;
  }[];
}

/** Of one level that was changed at run time. */
interface Override {
  readonly level: LogLevel;
  readonly until?: string;
  readonly timer?: NodeJS.Timeout;
}

/** What is logged now, in general and per context: as configured, unless it was changed for a while. */
export class LogLevels {
  /** That without a context is the general one. */
  private readonly overrides = new Map<string | undefined, Override>();
  private rank = 0;
  private contextRanks: ReadonlyMap<string, number> = new Map();

  constructor(private readonly configured: ConfiguredLevels) {
    this.refresh();
  }

  /** Whether a line of this level and context is written. Asked for every line, so it only compares numbers. */
  enables(level: LogLevel, context?: string): boolean {
    return LEVEL_RANKS[level] <= this.rankOf(context);
  }

  /** The least grave level that lines of this context are written at; in general without one. */
  levelOf(context?: string): LogLevel {
    return LOG_LEVELS[this.rankOf(context)] ?? this.configured.level;
  }

  /**
   * Replaces the level of the context, or the general one, and an earlier time limit with it.
   * @throws Error if the change is not possible.
   */
  set({ level, context, forMs }: LevelChange): void {
    requireLogLevel(level);
    if (context !== undefined) this.requireRoomFor(requireContextName(context));
    if (forMs !== undefined) requireDuration(forMs);

    clearTimeout(this.overrides.get(context)?.timer);
    this.overrides.set(context, { level, ...(forMs !== undefined && this.limit(context, forMs)) });
    this.refresh();
  }

  /** Lets what was configured hold again for a context, or without one for everything. */
  reset(context?: string): void {
    const changed = context === undefined ? [...this.overrides.keys()] : [context];
    for (const name of changed) this.fallBack(name);
  }

  current(): CurrentLevels {
    const contexts = [...this.contextRanks.keys()];
    return { ...this.describe(), contexts: contexts.map((context) => this.describeContext(context)) };
  }

  /** Ends all time limits; the levels stay as they are. */
  stop(): void {
    for (const { timer } of this.overrides.values()) clearTimeout(timer);
  }

  private rankOf(context: string | undefined): number {
    if (context === undefined || this.contextRanks.size === 0) return this.rank;
    return this.contextRanks.get(context) ?? this.rank;
  }

  private limit(context: string | undefined, forMs: number): Pick<Override, 'until' | 'timer'> {
    const timer = setTimeout(() => this.fallBack(context), forMs).unref();
    return { until: new Date(Date.now() + forMs).toISOString(), timer };
  }

  private fallBack(context: string | undefined): void {
    clearTimeout(this.overrides.get(context)?.timer);
    this.overrides.delete(context);
    this.refresh();
  }

  private refresh(): void {
    const levels = new Map<string | undefined, LogLevel>(this.configured.contexts);
    for (const [context, { level }] of this.overrides) levels.set(context, level);
    this.rank = LEVEL_RANKS[levels.get(undefined) ?? this.configured.level];
    const ranks = new Map<string, number>();
    for (const [context, level] of levels) if (context !== undefined) ranks.set(context, LEVEL_RANKS[level]);
    this.contextRanks = ranks;
  }

  private describeContext(context: string): CurrentLevels['contexts'][number] {
    return { context, ...this.describe(context) };
  }

  private describe(context?: string): { level: LogLevel; until?: string } {
    const until = this.overrides.get(context)?.until;
    return { level: this.levelOf(context), ...(until !== undefined && { until }) };
  }

  private requireRoomFor(context: string): void {
    if (this.contextRanks.has(context) || this.contextRanks.size < MAX_CONTEXTS) return;
    throw new Error(
      `${MAX_CONTEXTS} contexts have a level of their own already; reset one before "${context}".`,
    );
  }
}

function requireDuration(forMs: number): void {
  if (forMs >= LEVEL_DURATION_MS.least && forMs <= LEVEL_DURATION_MS.most) return;
  throw new Error(`A log level cannot hold for ${forMs} ms; choose from 1 s to 24 h.`);
}
