import { Injectable } from '@nestjs/common';
import type { ActionTools } from './actions/action.js';
import type { Actor } from './actions/actor.js';
import { replaceWorker } from './actions/replace-worker.js';
import type { Decision } from './decisions/decision.js';
import type { DecisionLog } from './decisions/decision-log.js';
import type { FleetObserver } from './fleet/fleet-observer.js';
import type { FleetWatch } from './fleet/fleet-watch.js';
import type { Fleet, Worker } from './fleet/worker.js';
import { FleetLogLevels } from './log-levels/fleet-log-levels.js';
import type {
  LogLevelChange,
  LogLevelOutcome,
  LogLevelReset,
  WorkerLogLevels,
} from './log-levels/level-change.js';
import { Operations, UnknownWorkerError } from './operations.js';
import type { Policy } from './restart-policy/policy.js';
import { rollOut, type RollOutOptions } from './rollout/roll-out.js';
import { decisionAbout, fleetEvidence } from './supervision.js';

const ASK_TIMEOUT_MS = 2_000;

export interface LiveOperationsParts {
  readonly observer: FleetObserver;
  readonly watch: Pick<FleetWatch, 'looks'>;
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
  private readonly levels: FleetLogLevels;

  constructor(private readonly parts: LiveOperationsParts) {
    super();
    this.levels = new FleetLogLevels(parts.observer, parts.watch.looks);
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

  logLevels(): Promise<readonly WorkerLogLevels[]> {
    return this.levels.read(this.running(null));
  }

  async setLogLevel(change: LogLevelChange): Promise<LogLevelOutcome> {
    return this.levels.set(change, this.running(change.pmId));
  }

  async resetLogLevel(reset: LogLevelReset): Promise<LogLevelOutcome> {
    return this.levels.reset(reset, this.running(reset.pmId));
  }

  async workerMetrics(): Promise<ReadonlyMap<number, string>> {
    const pages = await Promise.all(
      this.fleet().workers.map(async ({ pmId }) => [pmId, await this.metricsOf(pmId)] as const),
    );
    return new Map(pages.filter((page): page is [number, string] => page[1] !== undefined));
  }

  private async metricsOf(pmId: number): Promise<string | undefined> {
    const door = this.parts.observer.door(pmId);
    const answer = await door?.ask({ path: '/metrics', timeoutMs: ASK_TIMEOUT_MS }).catch(() => undefined);
    return answer?.status === 200 ? answer.body : undefined;
  }

  /** One, or all that have a process. @throws UnknownWorkerError */
  private running(pmId: number | null): readonly Worker[] {
    return pmId === null ? this.fleet().workers.filter(({ pid }) => pid !== null) : [this.worker(pmId)];
  }

  private worker(pmId: number): Worker {
    const worker = this.fleet().workers.find((each) => each.pmId === pmId);
    if (!worker) throw new UnknownWorkerError(pmId);
    return worker;
  }
}
