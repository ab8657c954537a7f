import type { GuardStatus } from '@evernest/process-guard';
import type { ProcessState, Worker } from '../../../apps/supervisor/src/fleet/worker.js';

/** What befalls a worker. Those with `untilMs` end the process that runs and befall every one that starts in that time. */
export type Trouble =
  | { readonly kind: 'hang' | 'leak' | 'crash'; readonly pmId: number; readonly atMs: number }
  | { readonly kind: 'person-stops' | 'person-starts'; readonly pmId: number; readonly atMs: number }
  | {
      readonly kind: 'crash-loop' | 'slow-start' | 'hang-loop' | 'leak-loop';
      readonly pmId: number;
      readonly atMs: number;
      readonly untilMs: number;
      /** How long a process lives, starts or answers. */
      readonly afterMs: number;
    };

/** Nothing hangs for ever: in the end a person comes. */
const LONGEST_HANG_MS = 40_000;
const START_MS = 900;
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 15_000;
const MIN_UPTIME_MS = 10_000;
const MAX_UNSTABLE_RESTARTS = 10;

interface Process {
  readonly pid: number;
  readonly startedAtMs: number;
  answersFromMs: number;
  hangsFromMs: number;
  asksFromMs: number;
  endsAtMs: number;
  lastAnswerMs: number;
}

/** One worker as pm2 keeps it: what ends is started again, ever later, until pm2 gives it up. */
export class SimulatedWorker {
  process: Process | null = null;
  state: ProcessState = 'stopped';
  /** Every start, by the clock. */
  readonly starts: number[] = [];
  isLeaving = false;
  private restartAtMs = Infinity;
  private backoffMs = FIRST_BACKOFF_MS;
  private unstableRestarts = 0;

  constructor(
    readonly pmId: number,
    private readonly troubles: readonly Trouble[],
  ) {}

  /** @returns when it ended without having been asked to. */
  advance(fromMs: number, toMs: number): readonly number[] {
    const ends: number[] = [];
    for (const trouble of this.troubles) {
      if (trouble.atMs <= fromMs || trouble.atMs > toMs || !this.process) continue;
      if (trouble.kind === 'hang') hang(this.process, trouble.atMs);
      if (trouble.kind === 'leak') this.process.asksFromMs = trouble.atMs;
      if (trouble.kind === 'crash' || 'untilMs' in trouble) {
        this.process.endsAtMs = Math.max(trouble.atMs, this.process.startedAtMs + 1);
      }
    }
    for (;;) {
      if (this.process && this.process.endsAtMs <= toMs) {
        ends.push(this.process.endsAtMs);
        this.end(this.process.endsAtMs);
      } else if (this.restartAtMs <= toMs) this.start(this.restartAtMs);
      else return ends;
    }
  }

  start(atMs: number): void {
    const process: Process = {
      pid: 1000 * (this.pmId + 1) + this.starts.length,
      startedAtMs: atMs,
      answersFromMs: atMs + START_MS,
      hangsFromMs: Infinity,
      asksFromMs: Infinity,
      endsAtMs: Infinity,
      lastAnswerMs: -Infinity,
    };
    for (const trouble of this.troubles) {
      if (!('untilMs' in trouble) || atMs < trouble.atMs || atMs >= trouble.untilMs) continue;
      if (trouble.kind === 'crash-loop') process.endsAtMs = atMs + trouble.afterMs;
      if (trouble.kind === 'slow-start') process.answersFromMs = atMs + trouble.afterMs;
      if (trouble.kind === 'hang-loop') hang(process, atMs + trouble.afterMs);
      if (trouble.kind === 'leak-loop') process.asksFromMs = atMs + trouble.afterMs;
    }
    this.process = process;
    this.state = 'online';
    this.restartAtMs = Infinity;
    this.starts.push(atMs);
  }

  /** As after a crash or SIGKILL: pm2 starts it again. */
  end(atMs: number): void {
    if (!this.process) return;
    const wasUnstable = atMs - this.process.startedAtMs < MIN_UPTIME_MS;
    this.unstableRestarts = wasUnstable ? this.unstableRestarts + 1 : 0;
    this.backoffMs = wasUnstable ? Math.min(this.backoffMs * 1.5, LONGEST_BACKOFF_MS) : FIRST_BACKOFF_MS;
    this.process = null;
    this.state = 'crashed';
    this.restartAtMs = this.unstableRestarts >= MAX_UNSTABLE_RESTARTS ? Infinity : atMs + this.backoffMs;
  }

  stop(): void {
    this.process = null;
    this.state = 'stopped';
    this.restartAtMs = Infinity;
    this.isLeaving = false;
  }

  /** By a person or as a trial: pm2 counts from the beginning. */
  startAnew(atMs: number): void {
    this.unstableRestarts = 0;
    this.backoffMs = FIRST_BACKOFF_MS;
    this.start(atMs);
  }

  answersAt(atMs: number): boolean {
    return this.process !== null && atMs >= this.process.answersFromMs && atMs < this.process.hangsFromMs;
  }

  /** Whether it serves and nothing that has befallen it is still to show. */
  isWellAt(atMs: number): boolean {
    const { process } = this;
    return this.answersAt(atMs) && process!.endsAtMs === Infinity && process!.asksFromMs > atMs;
  }

  /** As a supervisor sees it that has listened since a moment. */
  seen(atMs: number, isDatabaseAway: boolean, listeningSinceMs: number): Worker {
    const { process, pmId } = this;
    const answers = this.answersAt(atMs);
    if (process && answers) process.lastAnswerMs = atMs;
    const hasAnswered = process !== null && process.lastAnswerMs >= listeningSinceMs;
    const silentSinceMs = process
      ? Math.max(process.lastAnswerMs, process.startedAtMs, listeningSinceMs)
      : atMs;
    const guard = {
      verdict: process && atMs >= process.asksFromMs ? 'recycle' : 'healthy',
      reason: 'It leaks.',
      rssBytes: process ? atMs - process.startedAtMs : 0,
    };
    return {
      pmId,
      pid: process?.pid ?? null,
      bootId: null,
      state: this.isLeaving && process ? 'stopping' : this.state,
      restarts: this.starts.length,
      startedAtMs: process?.startedAtMs ?? null,
      ageMs: process && atMs - process.startedAtMs,
      isReady: answers && !isDatabaseAway && !this.isLeaving,
      silentForMs: answers ? 0 : atMs - silentSinceMs,
      guard: hasAnswered ? (guard as GuardStatus) : null,
    };
  }
}

function hang(process: Process, atMs: number): void {
  process.hangsFromMs = Math.min(process.hangsFromMs, atMs);
  process.endsAtMs = Math.min(process.endsAtMs, atMs + LONGEST_HANG_MS);
}
