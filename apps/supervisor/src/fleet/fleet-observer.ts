import { Subject, type Observable } from 'rxjs';
import type { ManagedProcess, ProcessManager } from '../pm2/process-manager.js';
import { AwakeClock } from './awake-clock.js';
import { ObservedProcess } from './observed-process.js';
import type { Fleet, Worker } from './worker.js';

/** A process that was there and is not any more. */
export interface EndedProcess {
  readonly pmId: number;
  readonly pid: number;
  readonly bootId: string | null;
  readonly startedAtMs: number;
  /** When it was missed; it ended since the look before. */
  readonly atMs: number;
}

export interface FleetObserverOptions {
  readonly processes: Pick<ProcessManager, 'list'>;
  /** Where the workers have their service doors. */
  readonly doorFolder: string;
  readonly service: string;
}

/** Looks at the workers: what pm2 says of their processes, and what each says of itself. */
export class FleetObserver {
  private readonly observed = new Map<number, ObservedProcess>();
  private readonly clock = new AwakeClock();
  private readonly ended = new Subject<EndedProcess>();
  /** pm2 hides a worker that it reloads while that drains. */
  private leaving: Omit<EndedProcess, 'atMs'>[] = [];
  private lookedAtMs = 0;
  private managed: readonly ManagedProcess[] = [];

  /** Each process that is gone. */
  get ends(): Observable<EndedProcess> {
    return this.ended;
  }

  constructor(private readonly options: FleetObserverOptions) {}

  /**
   * One look. Waits for pm2 and never for a worker: who has not answered yet goes on being asked, and is silent for so long.
   * @throws Pm2UnavailableError
   */
  async look(): Promise<Fleet> {
    this.clock.tick();
    this.managed = await this.options.processes.list();
    this.lookedAtMs = Date.now();
    this.follow();
    const answered = Array.from(this.observed.values(), (process) => process.ask());
    // Most answer within some ms; those who do not are not waited for.
    await Promise.race([Promise.allSettled(answered), afterAnswers()]);
    return this.fleet();
  }

  /** As it was seen last, and when that was. */
  fleet(): Fleet {
    return { atMs: this.lookedAtMs, workers: this.managed.map((process) => this.describe(process)) };
  }

  /** The door of a worker's process, for whoever wants to ask more. */
  door(pmId: number): ObservedProcess['door'] | undefined {
    return this.observed.get(pmId)?.door;
  }

  stop(): void {
    for (const process of this.observed.values()) process.stop();
    this.observed.clear();
    this.ended.complete();
  }

  /** Begins to watch processes that are new, and ends with those that are gone. */
  private follow(): void {
    const { service, doorFolder } = this.options;
    for (const [pmId, process] of this.observed) {
      const now = this.managed.find((managed) => managed.pmId === pmId);
      if (now?.pid === process.pid && now.startedAtMs === process.startedAtMs) continue;
      process.stop();
      this.observed.delete(pmId);
      this.leaving.push({ pmId, pid: process.pid, bootId: process.bootId, startedAtMs: process.startedAtMs });
    }
    const ended = this.leaving.filter(({ pid }) => !isAlive(pid));
    this.leaving = this.leaving.filter((process) => !ended.includes(process));
    for (const process of ended) this.ended.next({ ...process, atMs: Date.now() });
    for (const { pmId, pid, startedAtMs } of this.managed) {
      if (pid === null || startedAtMs === null || this.observed.has(pmId)) continue;
      this.observed.set(
        pmId,
        new ObservedProcess({ service, doorFolder, pmId, pid, startedAtMs, clock: this.clock }),
      );
    }
  }

  private describe(managed: ManagedProcess): Worker {
    const process = this.observed.get(managed.pmId);
    const isLeaving = process?.guard?.verdict === 'draining' && process.silentForMs < LONGEST_LEAVING_MS;
    return {
      ...managed,
      // Whether pm2 has asked it to leave or it leaves by itself, what it owes is its own deadline's business.
      state: isLeaving && managed.state === 'online' ? 'stopping' : managed.state,
      bootId: process?.bootId ?? null,
      ageMs: process?.ageMs ?? null,
      isReady: managed.state === 'online' && (process?.isReady ?? false),
      silentForMs: process?.silentForMs ?? 0,
      guard: process?.guard ?? null,
    };
  }
}

/** A drain, the end of the modules, a diagnostic report, a heap snapshot of up to a minute; one that is silent for longer hangs. */
const LONGEST_LEAVING_MS = 90_000;
/** A part of the time between two looks. */
const WAIT_FOR_ANSWERS_MS = 150;

function afterAnswers(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, WAIT_FOR_ANSWERS_MS).unref();
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
