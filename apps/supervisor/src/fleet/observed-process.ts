import type { GuardStatus } from '@evernest/process-guard';
import type { AwakeClock } from './awake-clock.js';
import { WorkerDoor } from './worker-door.js';
import { askGuard, askReady } from './worker-health.js';

export interface ObservedProcessInit {
  readonly service: string;
  readonly doorFolder: string;
  readonly pmId: number;
  readonly pid: number;
  readonly startedAtMs: number;
  readonly clock: AwakeClock;
}

/** A start with its migrations takes seconds. */
const LONGEST_START_MS = 30_000;

/** One process of one worker, from the first look at it to its end: what it last said and when. */
export class ObservedProcess {
  readonly door: WorkerDoor;
  readonly pid: number;
  readonly startedAtMs: number;
  isReady = false;
  guard: GuardStatus | null = null;
  private readonly clock: AwakeClock;
  private readonly ageWhenSeenMs: number;
  private readonly seenAt: number;
  private heardAt: number;
  private hasAnswered = false;
  private readonly askGuard = onceAtATime(() => this.hearGuard());
  private readonly askReady = onceAtATime(() => this.hearReady());

  constructor({ service, doorFolder, pmId, pid, startedAtMs, clock }: ObservedProcessInit) {
    this.pid = pid;
    this.startedAtMs = startedAtMs;
    this.clock = clock;
    this.ageWhenSeenMs = Math.max(0, Date.now() - startedAtMs);
    this.seenAt = this.heardAt = clock.now();
    this.door = new WorkerDoor(doorFolder, service, pmId, pid);
  }

  get bootId(): string | null {
    return this.guard?.bootId ?? null;
  }

  get ageMs(): number {
    return Math.round(this.ageWhenSeenMs + this.clock.now() - this.seenAt);
  }

  /** 0 if it answered the latest question. */
  get silentForMs(): number {
    return this.hasAnswered ? 0 : Math.round(this.clock.now() - this.heardAt);
  }

  /** Asks how it is and whether it is ready; what it still owes from the time before is not asked again. */
  async ask(): Promise<void> {
    await Promise.all([this.askGuard(), this.askReady()]);
  }

  stop(): void {
    this.door.close();
  }

  private async hearGuard(): Promise<void> {
    try {
      const guard = await askGuard(this.door);
      this.hasAnswered = guard?.pid === this.pid;
      if (!this.hasAnswered) return;
      this.guard = guard;
      this.heardAt = this.clock.now();
    } catch (error) {
      this.hasAnswered = false;
      if (this.wasOpen && isClosed(error)) this.heardAt = this.clock.now();
    }
  }

  /** Whether it must have opened its door once: it has answered, or was no beginner when it was first seen. */
  private get wasOpen(): boolean {
    return this.guard !== null || this.ageWhenSeenMs > LONGEST_START_MS;
  }

  private async hearReady(): Promise<void> {
    this.isReady = await askReady(this.door).catch(() => false);
  }
}

/** Nobody is there to answer, which a worker that hangs is not: its socket takes connections. Somebody may have removed the file. */
function isClosed(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ECONNREFUSED';
}

function onceAtATime(ask: () => Promise<void>): () => Promise<void> {
  let asking: Promise<void> | undefined;
  return () => (asking ??= ask().finally(() => (asking = undefined)));
}
