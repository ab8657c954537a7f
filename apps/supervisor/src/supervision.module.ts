import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import type { ActionTools } from './actions/action.js';
import { Actor } from './actions/actor.js';
import { Alerts } from './alerts/alerts.js';
import type { Decision } from './decisions/decision.js';
import { DecisionLog } from './decisions/decision-log.js';
import { KnownProcesses } from './decisions/known-processes.js';
import { LastWordsReader } from './decisions/last-words-reader.js';
import { WorkerEnds } from './decisions/worker-ends.js';
import { supervisorFolder, type Environment } from './environment.js';
import { EventStream } from './events/event-stream.js';
import { EventsModule } from './events/events.module.js';
import { FleetObserver } from './fleet/fleet-observer.js';
import { FleetWatch } from './fleet/fleet-watch.js';
import { WorkerDoor } from './fleet/worker-door.js';
import { FleetMetrics } from './http/fleet-metrics.js';
import { LiveOperations } from './live-operations.js';
import { SupervisorMetrics } from './metrics/supervisor-metrics.js';
import { Operations } from './operations.js';
import { Pm2Processes } from './pm2/pm2-processes.js';
import { HistoryFile } from './restart-policy/history-file.js';
import { Policy } from './restart-policy/policy.js';
import type { PolicyOptions } from './restart-policy/policy-options.js';
import type { RollOutOptions } from './rollout/roll-out.js';
import { Supervision } from './supervision.js';

/** The name of the service in pm2's configuration and of its service doors. */
const SERVICE = 'catalog';

const POLICY: Omit<PolicyOptions, 'expectedWorkers'> = {
  silenceLimitMs: 3_000,
  startLimitMs: 30_000,
  budget: 5,
  budgetWindowMs: 30_000,
  coolDownMs: 30_000,
  longestCoolDownMs: 900_000,
};

const ROLL_OUT: RollOutOptions = {
  canaryPaths: ['/', '/books?limit=1'],
  canaryMs: 10_000,
  firstWorkerMs: 5_000,
  nextWorkerMs: 2_000,
};

/** All that watches over the workers, and the operations that persons may ask for. */
@Module({})
export class SupervisionModule {
  static forRoot(environment: Environment): DynamicModule {
    return {
      module: SupervisionModule,
      imports: [EventsModule],
      providers: [
        {
          provide: PARTS,
          inject: [EventStream],
          useFactory: (events: EventStream) => createParts(environment, events),
        },
        { provide: Supervision, inject: [PARTS], useFactory: (parts: Parts) => new Supervision(parts) },
        { provide: Operations, inject: [PARTS], useFactory: (parts: Parts) => new LiveOperations(parts) },
        SupervisorMetrics,
        { provide: FleetMetrics, useExisting: SupervisorMetrics },
      ],
      exports: [Operations, FleetMetrics],
    };
  }
}

const PARTS = Symbol('PARTS');
type Parts = ReturnType<typeof createParts>;

function createParts(environment: Environment, events: EventStream) {
  const folder = supervisorFolder(environment);
  const doorFolder = join(environment.stateDir, 'run');
  const log = new DecisionLog(folder);
  const actor = new Actor(log);
  const alerts = new Alerts({ service: SERVICE, webhookUrl: environment.alertWebhookUrl });
  const processes = new Pm2Processes(SERVICE, environment.pm2Socket);
  const lastWords = new LastWordsReader(join(environment.stateDir, 'guard'));
  const ends = new WorkerEnds(log, lastWords, new KnownProcesses(join(folder, 'known-processes.json')));
  const policyOptions = { ...POLICY, expectedWorkers: environment.workers };
  const policy = new Policy(new HistoryFile(join(folder, 'history.json')), policyOptions);
  const observer = new FleetObserver({ processes, doorFolder, service: SERVICE });
  const watch = new FleetWatch(observer, processes, (message) => alerts.raise('blind', message));

  function tools({ id }: Decision): ActionTools {
    return {
      processes,
      watch,
      observer,
      openDoor: ({ pmId, pid }) => new WorkerDoor(doorFolder, SERVICE, pmId, pid ?? 0),
      progress: (message) => events.publish({ type: 'progress', data: { decisionId: id, message } }),
      whyItEnded: ({ pid, bootId, startedAtMs }) =>
        pid === null ? undefined : lastWords.find({ pid, bootId, startedAtMs })?.message,
    };
  }

  return {
    lockPath: join(folder, 'lock.sock'),
    log,
    actor,
    alerts,
    processes,
    policy,
    ends,
    observer,
    watch,
    events,
    tools,
    expectedWorkers: environment.workers,
    rollOut: ROLL_OUT,
  };
}
