import { Injectable } from '@nestjs/common';
import type { ActionTools } from './actions/action.js';
import type { Actor } from './actions/actor.js';
import { replaceWorker } from './actions/replace-worker.js';
import type { Decision } from './decisions/decision.js';
import type { DecisionLog } from './decisions/decision-log.js';
import type { FleetObserver } from './fleet/fleet-observer.js';
import type { Fleet, Worker } from './fleet/worker.js';
import { LogLevelRefusedError, Operations, UnknownWorkerError, type LogLevelChange } from './operations.js';
import type { Policy } from './restart-policy/policy.js';
import { rollOut, type RollOutOptions } from './rollout/roll-out.js';
import { decisionAbout, fleetEvidence } from './supervision.js';

const ASK_TIMEOUT_MS = 2_000;

export interface LiveOperationsParts {
  readonly observer: FleetObserver;
  readonly actor: Actor;
  readonly log: DecisionLog;
  readonly policy: Policy;
  readonly tools: (decision: Decision) => ActionTools;
  readonly expectedWorkers: number;
  readonly rollOut: RollOutOptions;
}

/** What persons see and ask for, of the fleet that is there. */
@Injectable()
export class LiveOperations extends Operations {
  constructor(private readonly parts: LiveOperationsParts) {
    super();
  }

  get expectedWorkers(): number {
    return this.parts.expectedWorkers;
  }

  fleet(): Fleet {
    return this.parts.observer.fleet();
  }

  decisions(): readonly Decision[] {
    return this.parts.log.recent();
  }

  budgetLeft(pmId: number): number {
    return this.parts.policy.budgetLeft(pmId);
  }

  recycle(pmId: number): Decision {
    const { actor, tools } = this.parts;
    const worker = this.worker(pmId);
    const decision = decisionAbout(worker, this.fleet(), {
      action: 'replace',
      reason: `An operator asked to recycle worker ${pmId}.`,
    });
    return actor.begin(decision, (begun) => replaceWorker(tools(begun), pmId));
  }

  reload(): Decision {
    const { actor, tools } = this.parts;
    return actor.begin(
      {
        worker: null,
        action: 'reload',
        reason: 'An operator asked to roll out the code that is on disk.',
        evidence: fleetEvidence(this.fleet()),
      },
      (decision) => rollOut(tools(decision), this.parts.rollOut),
    );
  }

  async setLogLevel({
    level,
    pmId,
  }: LogLevelChange): Promise<{ readonly changed: number[]; readonly failed: number[] }> {
    const workers =
      pmId === null ? this.fleet().workers.filter(({ pid }) => pid !== null) : [this.worker(pmId)];
    const statuses = await Promise.all(workers.map((worker) => this.setLevelOf(worker, level)));
    if (statuses.some((status) => status >= 400 && status < 500)) {
      throw new LogLevelRefusedError(`the workers know no level ${JSON.stringify(level)}`);
    }
    const of = (isWanted: (status: number) => boolean) =>
      workers.filter((_, index) => isWanted(statuses[index] ?? 0)).map((worker) => worker.pmId);
    return { changed: of((status) => status === 200), failed: of((status) => status !== 200) };
  }

  async workerMetrics(): Promise<ReadonlyMap<number, string>> {
    const pages = await Promise.all(
      this.fleet().workers.map(async ({ pmId }) => [pmId, await this.metricsOf(pmId)] as const),
    );
    return new Map(pages.filter((page): page is [number, string] => page[1] !== undefined));
  }

  /** @returns the status of its answer; 0 if there was none */
  private async setLevelOf({ pmId }: Worker, level: string): Promise<number> {
    const door = this.parts.observer.door(pmId);
    const request = {
      method: 'PUT',
      path: '/log-level',
      body: { level },
      timeoutMs: ASK_TIMEOUT_MS,
    } as const;
    return (await door?.ask(request).catch(() => undefined))?.status ?? 0;
  }

  private async metricsOf(pmId: number): Promise<string | undefined> {
    const door = this.parts.observer.door(pmId);
    const answer = await door?.ask({ path: '/metrics', timeoutMs: ASK_TIMEOUT_MS }).catch(() => undefined);
    return answer?.status === 200 ? answer.body : undefined;
  }

  private worker(pmId: number): Worker {
    const worker = this.fleet().workers.find((each) => each.pmId === pmId);
    if (!worker) throw new UnknownWorkerError(pmId);
    return worker;
  }
}
