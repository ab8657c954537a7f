import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { take } from 'rxjs';
import type { ActionTools } from './actions/action.js';
import type { Actor } from './actions/actor.js';
import { killWorker } from './actions/kill-worker.js';
import { replaceWorker } from './actions/replace-worker.js';
import { parkWorker, tryWorker } from './actions/rest-worker.js';
import { settleInterrupted } from './actions/resume.js';
import type { Alerts } from './alerts/alerts.js';
import type { Decision } from './decisions/decision.js';
import type { DecisionLog, NewDecision } from './decisions/decision-log.js';
import type { KnownProcess } from './decisions/known-processes.js';
import type { WorkerEnds, NotedEnd } from './decisions/worker-ends.js';
import type { EventStream } from './events/event-stream.js';
import type { FleetObserver } from './fleet/fleet-observer.js';
import type { FleetWatch } from './fleet/fleet-watch.js';
import type { Fleet, Worker } from './fleet/worker.js';
import { workerChanges } from './fleet/worker-changes.js';
import type { ProcessManager } from './pm2/process-manager.js';
import { beSoleSupervisor } from './sole-supervisor.js';
import type { Intent } from './restart-policy/decide.js';
import type { Policy } from './restart-policy/policy.js';

export interface SupervisionParts {
  /** A socket that one supervisor at a time listens at. */
  readonly lockPath: string;
  readonly expectedWorkers: number;
  readonly log: DecisionLog;
  readonly actor: Actor;
  readonly policy: Policy;
  readonly observer: Pick<FleetObserver, 'ends'>;
  readonly watch: FleetWatch;
  readonly ends: WorkerEnds;
  readonly processes: Pick<ProcessManager, 'disconnect'>;
  readonly tools: (decision: Decision) => ActionTools;
  readonly events: Pick<EventStream, 'publish'>;
  readonly alerts: Pick<Alerts, 'raise' | 'stop'>;
}

/** The loop: each look at the fleet goes through the policy, and what it says is carried out. */
export class Supervision implements OnApplicationBootstrap, OnApplicationShutdown {
  private before: Fleet | undefined;
  private isAlarmed = false;
  private shortSinceMs: number | undefined;
  private unlock: (() => void) | undefined;

  constructor(private readonly parts: SupervisionParts) {}

  async onApplicationBootstrap(): Promise<void> {
    const { log, actor, watch, lockPath } = this.parts;
    this.unlock = await beSoleSupervisor(lockPath);
    const { interrupted } = await log.open();
    actor.changes.subscribe((decision) => this.noteDecision(decision));
    watch.looks.pipe(take(1)).subscribe((fleet) => void this.takeOver(fleet, interrupted));
    watch.start();
  }

  async onApplicationShutdown(): Promise<void> {
    const { log, actor, watch, processes, alerts } = this.parts;
    watch.stop();
    processes.disconnect();
    actor.stop();
    log.close();
    await alerts.stop();
    this.unlock?.();
  }

  private noteFleet(fleet: Fleet): void {
    const { policy, events, actor, ends } = this.parts;
    for (const worker of workerChanges(this.before, fleet)) events.publish({ type: 'worker', data: worker });
    this.before = fleet;
    ends.remember(runningIn(fleet));
    const intents = policy.decide(fleet);
    this.alarm(intents.find(({ action }) => action === 'alarm')?.reason, fleet);
    this.watchCapacity(fleet);
    const act = intents.find(({ action }) => action !== 'alarm');
    if (act && !actor.underWay) this.act(act, fleet);
  }

  /** What an earlier supervisor has left: ends that nobody saw, and what it was doing. */
  private async takeOver(fleet: Fleet, interrupted: Decision | null): Promise<void> {
    const { actor, ends, watch, observer, tools } = this.parts;
    observer.ends.subscribe((ended) => this.noteEnds([ends.noteEnd(ended)]));
    this.noteEnds(await ends.catchUp(runningIn(fleet)));
    if (interrupted) actor.resume(interrupted, (decision) => settleInterrupted(tools(decision), decision));
    watch.looks.subscribe((next) => this.noteFleet(next));
  }

  private noteEnds(ends: readonly NotedEnd[]): void {
    const { policy, events } = this.parts;
    for (const { decision, cause, isOurs, isNew } of ends) {
      if (!isNew) continue;
      events.publish({ type: 'decision', data: decision });
      if (isOurs || !decision.worker) continue;
      if (cause === 'asked') policy.noteStop(decision.worker.pmId);
      else policy.noteEnd(decision.worker.pmId, Date.now());
    }
  }

  private act({ action, pmId, reason }: Intent, fleet: Fleet): void {
    const { actor, tools } = this.parts;
    const worker = fleet.workers.find((each) => each.pmId === pmId);
    if (!worker || action === 'alarm') return;
    const run = RUNS[action];
    actor.begin(decisionAbout(worker, fleet, { action, reason }), (decision) => run(tools(decision), worker));
  }

  private noteDecision(decision: Decision): void {
    const { policy, events, alerts } = this.parts;
    policy.note(decision);
    events.publish({ type: 'decision', data: decision });
    const { action, outcome, worker } = decision;
    if (outcome?.result === 'failed' || (action === 'park' && outcome)) {
      alerts.raise(`${action}-${worker?.pmId ?? 'fleet'}`, `${decision.reason} ${outcome.message}`, {
        decision,
      });
    }
  }

  /** On record and among the events once, when it begins; told to people again and again, as long as it lasts. */
  private alarm(message: string | undefined, fleet: Fleet): void {
    const { alerts, events, log } = this.parts;
    if (message !== undefined) {
      alerts.raise('most-workers', message);
      if (!this.isAlarmed) {
        const decision = log.record({
          worker: null,
          action: 'alarm',
          reason: message,
          evidence: fleetEvidence(fleet),
          outcome: { result: 'done', message: 'Nothing was done; people were told.' },
        });
        events.publish({ type: 'decision', data: decision });
        events.publish({ type: 'alarm', data: { message } });
      }
    }
    this.isAlarmed = message !== undefined;
  }

  /** What no rule cures, such as workers that a person has deleted or that are never ready. */
  private watchCapacity({ workers, atMs }: Fleet): void {
    const { alerts, expectedWorkers } = this.parts;
    const stopped = workers.filter(({ state }) => state === 'stopped').length;
    const ready = workers.filter(({ isReady }) => isReady).length;
    const isShort = ready < expectedWorkers - stopped;
    this.shortSinceMs = isShort ? (this.shortSinceMs ?? atMs) : undefined;
    if (this.shortSinceMs === undefined || atMs - this.shortSinceMs < LONGEST_SHORTAGE_MS) return;
    alerts.raise(
      'too-few-ready',
      `Only ${ready} of ${expectedWorkers} workers have been ready for a minute.`,
    );
  }
}

/** Longer than any replacement, and a database that restarts. */
const LONGEST_SHORTAGE_MS = 60_000;

/** Those that can end. */
function runningIn({ workers }: Fleet): KnownProcess[] {
  return workers.flatMap(({ pmId, pid, bootId, startedAtMs }) =>
    pid === null || startedAtMs === null ? [] : [{ pmId, pid, bootId, startedAtMs }],
  );
}

const RUNS: Readonly<
  Record<'replace' | 'kill' | 'park' | 'try', (tools: ActionTools, worker: Worker) => Promise<string>>
> = {
  replace: (tools, { pmId }) => replaceWorker(tools, pmId),
  kill: killWorker,
  park: (tools, { pmId }) => parkWorker(tools, pmId),
  try: (tools, { pmId }) => tryWorker(tools, pmId),
};

/** With what was seen of it and of the others at that moment. */
export function decisionAbout(
  worker: Worker,
  fleet: Fleet,
  { action, reason }: Pick<Decision, 'action' | 'reason'>,
): NewDecision {
  const { pmId, pid, bootId, state, silentForMs, restarts, guard } = worker;
  return {
    worker: { pmId, pid, bootId },
    action,
    reason,
    evidence: { state, silentForMs, restarts, guard, ...fleetEvidence(fleet) },
  };
}

export function fleetEvidence({ workers }: Fleet): Decision['evidence'] {
  return {
    workersBefore: workers.map(({ pmId }) => pmId),
    readyWorkers: workers.filter(({ isReady }) => isReady).map(({ pmId }) => pmId),
  };
}
