import type { Fleet } from '../../../apps/supervisor/src/fleet/worker.js';
import {
  decide,
  type History,
  type Intent,
  type PolicyOptions,
} from '../../../apps/supervisor/src/restart-policy/decide.js';
import {
  afterEnd,
  afterIntent,
  afterOutcome,
  emptyHistory,
} from '../../../apps/supervisor/src/restart-policy/history.js';
import { settle } from '../../../apps/supervisor/src/restart-policy/settle.js';
import { SimulatedWorker, type Trouble } from './simulated-worker.js';

export interface Story {
  readonly workers: number;
  readonly options: Omit<PolicyOptions, 'expectedWorkers'>;
  readonly troubles: readonly Trouble[];
  readonly databaseAway?: { readonly fromMs: number; readonly untilMs: number };
  /** How many milliseconds each action takes, in turn, and whether it fails. */
  readonly actions: readonly { readonly tookMs: number; readonly fails: boolean }[];
  /** When the supervisor is killed and started again. */
  readonly supervisorRestartsAtMs?: readonly number[];
  readonly untilMs: number;
}

/** One look at the fleet, what was known then, what is true, and what was decided. */
export interface Look {
  readonly fleet: Fleet;
  readonly history: History;
  readonly intents: readonly Intent[];
  /** The workers that persons have stopped. */
  readonly stoppedByPersons: ReadonlySet<number>;
}

export interface Told {
  readonly looks: readonly Look[];
  readonly workers: readonly SimulatedWorker[];
  readonly options: PolicyOptions;
  readonly history: History;
}

export const TICK_MS = 1000;
const BEGINNING_MS = 1_000_000_000;

/** Lives through a story with a supervisor that looks once a second. Times of the story count from its beginning. */
export function tell(story: Story): Told {
  const options: PolicyOptions = { ...story.options, expectedWorkers: story.workers };
  const troubles = story.troubles.map((trouble) => shifted(trouble));
  const workers = Array.from(
    { length: story.workers },
    (_, pmId) =>
      new SimulatedWorker(
        pmId,
        troubles.filter((trouble) => trouble.pmId === pmId),
      ),
  );
  for (const worker of workers) worker.startAnew(BEGINNING_MS - 60_000);
  const stoppedByPersons = new Set<number>();
  const looks: Look[] = [];
  const turns = story.actions.length > 0 ? story.actions : [{ tookMs: 0, fails: false }];
  let history = emptyHistory;
  let acting: { intent: Intent; doneAtMs: number; fails: boolean } | null = null;
  let actions = 0;
  let listeningSinceMs = BEGINNING_MS - 60_000;

  for (let atMs = BEGINNING_MS; atMs <= BEGINNING_MS + story.untilMs; atMs += TICK_MS) {
    const fromMs = atMs - TICK_MS;
    for (const trouble of troubles) {
      if (trouble.atMs <= fromMs || trouble.atMs > atMs) continue;
      const worker = workers[trouble.pmId]!;
      const isOurs =
        history.parked.some(({ pmId }) => pmId === trouble.pmId) || acting?.intent.pmId === trouble.pmId;
      if (trouble.kind === 'person-stops' && !isOurs) {
        worker.stop();
        stoppedByPersons.add(trouble.pmId);
      }
      if (trouble.kind === 'person-starts' && stoppedByPersons.delete(trouble.pmId)) worker.startAnew(atMs);
    }
    for (const worker of workers) {
      for (const endMs of worker.advance(fromMs, atMs)) history = afterEnd(history, worker.pmId, endMs);
    }
    if (
      story.supervisorRestartsAtMs?.some(
        (restart) => restart + BEGINNING_MS > fromMs && restart + BEGINNING_MS <= atMs,
      )
    ) {
      history = afterOutcome(JSON.parse(JSON.stringify(history)) as History);
      listeningSinceMs = atMs;
      if (acting) workers[acting.intent.pmId!]!.isLeaving = false;
      acting = null;
    }
    if (acting && acting.doneAtMs <= atMs) {
      carryOut(acting.intent, workers[acting.intent.pmId!]!, atMs, acting.fails);
      history = afterOutcome(history);
      acting = null;
    }

    const isDatabaseAway =
      story.databaseAway !== undefined &&
      atMs >= BEGINNING_MS + story.databaseAway.fromMs &&
      atMs < BEGINNING_MS + story.databaseAway.untilMs;
    const fleet = {
      atMs,
      workers: workers.map((worker) => worker.seen(atMs, isDatabaseAway, listeningSinceMs)),
    };
    history = settle(history, fleet, options);
    const intents = decide(fleet, history, options);
    looks.push({ fleet, history, intents, stoppedByPersons: new Set(stoppedByPersons) });
    for (const intent of intents) {
      if (intent.action === 'alarm' || intent.pmId === null) continue;
      history = afterIntent(history, intent, atMs);
      const { tookMs, fails } = turns[actions++ % turns.length]!;
      acting = { intent, doneAtMs: atMs + tookMs, fails };
      const worker = workers[intent.pmId]!;
      worker.isLeaving = intent.action === 'replace' || intent.action === 'park';
    }
  }
  return { looks, workers, options, history };
}

/** The worst that an actor may do: a replaced worker is away meanwhile, and its successor has yet to start. */
function carryOut({ action }: Intent, worker: SimulatedWorker, atMs: number, fails: boolean): void {
  worker.isLeaving = false;
  if (fails) return;
  if (action === 'kill') worker.end(atMs);
  if (action === 'park') worker.stop();
  if (action === 'try' && !worker.process) worker.startAnew(atMs);
  if (action === 'replace' && worker.process) worker.startAnew(atMs);
}

function shifted<Part extends Trouble>(trouble: Part): Part {
  const until = 'untilMs' in trouble ? { untilMs: trouble.untilMs + BEGINNING_MS } : {};
  return { ...trouble, atMs: trouble.atMs + BEGINNING_MS, ...until };
}
