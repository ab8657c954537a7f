import type { Observable } from 'rxjs';
import type { CurrentLevels, LevelChange } from '@evernest/logging';
import type { FleetObserver } from '../fleet/fleet-observer.js';
import type { DoorAnswer, DoorRequest } from '../fleet/worker-door.js';
import type { Fleet, Worker } from '../fleet/worker.js';
import { LastingChanges } from './lasting-changes.js';
import {
  LogLevelRefusedError,
  type LogLevelChange,
  type LogLevelOutcome,
  type LogLevelReset,
  type WorkerLogLevels,
} from './level-change.js';

const ASK_TIMEOUT_MS = 2_000;
const PATH = '/log-level';

type LevelRequest = Pick<DoorRequest, 'method' | 'path' | 'body'>;

/**
 * What the workers log. A change for the whole fleet holds for workers that start later too, until its time is over, it is reset, or
 * this process ends.
 */
export class FleetLogLevels {
  private readonly lasting = new LastingChanges();
  /** Processes that know all that lasts, by their boot ids. */
  private informed = new Set<string>();

  /** @param looks at the fleet, until this process ends */
  constructor(
    private readonly observer: Pick<FleetObserver, 'door'>,
    looks: Observable<Fleet>,
  ) {
    looks.subscribe(({ workers }) => this.informNewcomers(workers));
  }

  /** What each of them logs, and until when. */
  read(workers: readonly Worker[]): Promise<readonly WorkerLogLevels[]> {
    return Promise.all(
      workers.map(async ({ pmId }) => {
        const answer = await this.ask(pmId, { path: PATH });
        return { pmId, levels: answer?.status === 200 ? (JSON.parse(answer.body) as CurrentLevels) : null };
      }),
    );
  }

  /** @throws LogLevelRefusedError */
  async set({ pmId, ...change }: LogLevelChange, workers: readonly Worker[]): Promise<LogLevelOutcome> {
    const outcome = await this.askAll(workers, putting(change));
    if (pmId === null) {
      this.lasting.set(change);
      // Who did not answer is told again.
      for (const worker of workers) {
        if (outcome.failed.includes(worker.pmId)) this.informed.delete(worker.bootId ?? '');
      }
    }
    return outcome;
  }

  async reset({ pmId, context }: LogLevelReset, workers: readonly Worker[]): Promise<LogLevelOutcome> {
    if (pmId === null) this.lasting.reset(context);
    const query = context === undefined ? '' : `?context=${encodeURIComponent(context)}`;
    return this.askAll(workers, { method: 'DELETE', path: `${PATH}${query}` });
  }

  private informNewcomers(workers: readonly Worker[]): void {
    const bootIds = new Set(workers.map(({ bootId }) => bootId));
    this.informed = new Set([...this.informed].filter((bootId) => bootIds.has(bootId)));
    for (const { pmId, bootId } of workers) {
      if (bootId === null || this.informed.has(bootId)) continue;
      this.informed.add(bootId);
      void this.inform(pmId).then((isInformed) => isInformed || this.informed.delete(bootId));
    }
  }

  private async inform(pmId: number): Promise<boolean> {
    const answers = await Promise.all(this.lasting.rest().map((change) => this.ask(pmId, putting(change))));
    // What it refuses it would refuse again.
    return answers.every((answer) => answer !== undefined);
  }

  private async askAll(workers: readonly Worker[], request: LevelRequest): Promise<LogLevelOutcome> {
    const answers = await Promise.all(workers.map(({ pmId }) => this.ask(pmId, request)));
    const refusal = answers.find((answer) => answer && answer.status >= 400 && answer.status < 500);
    if (refusal) throw new LogLevelRefusedError(reasonOf(refusal));
    const those = (isWanted: (status: number | undefined) => boolean) =>
      workers.filter((_, index) => isWanted(answers[index]?.status)).map(({ pmId }) => pmId);
    return { changed: those((status) => status === 200), failed: those((status) => status !== 200) };
  }

  /** @returns undefined if there is no answer */
  private async ask(pmId: number, request: LevelRequest): Promise<DoorAnswer | undefined> {
    return this.observer
      .door(pmId)
      ?.ask({ ...request, timeoutMs: ASK_TIMEOUT_MS })
      .catch(() => undefined);
  }
}

function putting(change: LevelChange): LevelRequest {
  return { method: 'PUT', path: PATH, body: change };
}

function reasonOf({ status, body }: DoorAnswer): string {
  const { detail = `a worker answers ${status}` } = JSON.parse(body) as { readonly detail?: string };
  return detail.replace(/\.$/, '');
}
