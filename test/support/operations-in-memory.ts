import { LogLevels, parseLevels } from '@evernest/logging';
import type { Decision } from '../../apps/supervisor/src/decisions/decision.js';
import type { Fleet, Worker } from '../../apps/supervisor/src/fleet/worker.js';
import {
  LogLevelRefusedError,
  type LogLevelChange,
  type LogLevelOutcome,
  type LogLevelReset,
  type WorkerLogLevels,
} from '../../apps/supervisor/src/log-levels/level-change.js';
import { ActionUnderWayError, Operations, UnknownWorkerError } from '../../apps/supervisor/src/operations.js';

/** 2026-11-21T15:30:00Z */
export const SEEN_AT_MS = 1_795_275_000_000;

export function workerOf(pmId: number, given: Partial<Worker> = {}): Worker {
  return {
    pmId,
    pid: 4000 + pmId,
    bootId: `boot-${pmId}`,
    state: 'online',
    restarts: 0,
    startedAtMs: SEEN_AT_MS - 90_500,
    ageMs: 90_500,
    isReady: true,
    silentForMs: 0,
    guard: null,
    ...given,
  };
}

/** The n-th decision; later numbers have later ids. */
export function decisionOf(number: number, given: Partial<Decision> = {}): Decision {
  return {
    id: `20261121T153000000Z-${String(number).padStart(4, '0')}`,
    at: '2026-11-21T15:30:00.000Z',
    worker: null,
    action: 'alarm',
    reason: `reason ${number}`,
    evidence: {},
    outcome: { result: 'done', message: 'done' },
    durationMs: 1,
    ...given,
  };
}

/** A fleet without processes: what is asked for begins, and ends when a test says so. */
export class OperationsInMemory extends Operations {
  readonly expectedWorkers = 3;
  readonly workers: Worker[] = [workerOf(0), workerOf(1), workerOf(2)];
  readonly log: Decision[] = [];
  readonly levels = new Map<number, LogLevels>();
  /** Workers that do not answer. */
  readonly deaf = new Set<number>();

  fleet(): Fleet {
    return { atMs: SEEN_AT_MS, workers: this.workers };
  }

  decisions(): readonly Decision[] {
    return this.log;
  }

  budgetLeft(pmId: number): number {
    return 5 - (this.workers.find((worker) => worker.pmId === pmId)?.restarts ?? 0);
  }

  recycle(pmId: number): Decision {
    const { pid, bootId } = this.#find(pmId);
    return this.#begin({ action: 'replace', worker: { pmId, pid, bootId } });
  }

  reload(): Decision {
    return this.#begin({ action: 'reload' });
  }

  logLevels(): Promise<readonly WorkerLogLevels[]> {
    return Promise.resolve(
      this.workers.map(({ pmId }) => ({
        pmId,
        levels: this.deaf.has(pmId) ? null : this.#levelsOf(pmId).current(),
      })),
    );
  }

  setLogLevel({ pmId, ...change }: LogLevelChange): Promise<LogLevelOutcome> {
    if (change.level === 'verbose')
      throw new LogLevelRefusedError('the workers do not know the level verbose');
    return this.#askAll(pmId, (levels) => levels.set(change));
  }

  resetLogLevel({ pmId, context }: LogLevelReset): Promise<LogLevelOutcome> {
    return this.#askAll(pmId, (levels) => levels.reset(context));
  }

  workerMetrics(): Promise<ReadonlyMap<number, string>> {
    return Promise.resolve(new Map());
  }

  /** Ends what is under way. */
  finish(): void {
    const last = this.log.pop();
    if (last) this.log.push({ ...last, outcome: { result: 'done', message: 'done' }, durationMs: 1 });
  }

  #levelsOf(pmId: number): LogLevels {
    const levels = this.levels.get(pmId) ?? new LogLevels(parseLevels('info'));
    this.levels.set(pmId, levels);
    return levels;
  }

  #askAll(pmId: number | null, ask: (levels: LogLevels) => void): Promise<LogLevelOutcome> {
    const asked = (pmId === null ? this.workers : [this.#find(pmId)]).map((worker) => worker.pmId);
    const changed = asked.filter((id) => !this.deaf.has(id));
    for (const id of changed) ask(this.#levelsOf(id));
    return Promise.resolve({ changed, failed: asked.filter((id) => this.deaf.has(id)) });
  }

  #find(pmId: number): Worker {
    const worker = this.workers.find((candidate) => candidate.pmId === pmId);
    if (!worker) throw new UnknownWorkerError(pmId);
    return worker;
  }

  #begin(given: Pick<Decision, 'action'> & Partial<Decision>): Decision {
    const last = this.log.at(-1);
    if (last && last.outcome === null) throw new ActionUnderWayError(last);
    const decision = decisionOf(this.log.length, {
      reason: 'asked for',
      ...given,
      outcome: null,
      durationMs: null,
    });
    this.log.push(decision);
    return decision;
  }
}
