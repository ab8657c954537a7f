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
  parkedWorker,
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
  /** It ends before that once the fleet has been well for a while and nothing is to come. */
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
/** How many looks at a fleet that is well end a story: nothing happens any more that could change it. */
const CALM_LOOKS = 60;

/** Lives through a story with a supervisor that looks once a second. Times of the story count from its beginning. */
export function tell(story: Story): Told {
  return new Telling(story).tell();
}

interface Acting {
  readonly intent: Intent;
  readonly worker: SimulatedWorker;
  readonly doneAtMs: number;
  readonly fails: boolean;
}

class Telling {
  private readonly options: PolicyOptions;
  private readonly troubles: readonly Trouble[];
  private readonly workers: readonly SimulatedWorker[];
  private readonly looks: Look[] = [];
  private readonly turns: Story['actions'];
  private readonly overAtMs: number;
  private stoppedByPersons: ReadonlySet<number> = new Set();
  private history = emptyHistory;
  private acting: Acting | null = null;
  private actions = 0;
  private listeningSinceMs = BEGINNING_MS - 60_000;

  constructor(private readonly story: Story) {
    this.options = { ...story.options, expectedWorkers: story.workers };
    this.troubles = story.troubles.map((trouble) => shifted(trouble));
    this.workers = Array.from({ length: story.workers }, (_, pmId) => this.worker(pmId));
    this.turns = story.actions.length > 0 ? story.actions : [{ tookMs: 0, fails: false }];
    this.overAtMs = BEGINNING_MS + lastMomentOf(story);
  }

  tell(): Told {
    let calmLooks = 0;
    const endMs = BEGINNING_MS + this.story.untilMs;
    for (let atMs = BEGINNING_MS; atMs <= endMs && calmLooks < CALM_LOOKS; atMs += TICK_MS) {
      this.live(atMs - TICK_MS, atMs);
      const intents = this.look(atMs);
      for (const intent of intents) this.begin(intent, atMs);
      calmLooks = intents.length === 0 && this.isCalm(atMs) ? calmLooks + 1 : 0;
    }
    const { looks, workers, options, history } = this;
    return { looks, workers, options, history };
  }

  private worker(pmId: number): SimulatedWorker {
    const worker = new SimulatedWorker(
      pmId,
      this.troubles.filter((trouble) => trouble.pmId === pmId),
    );
    worker.startAnew(BEGINNING_MS - 60_000);
    return worker;
  }

  private live(fromMs: number, atMs: number): void {
    for (const trouble of this.troubles) {
      if (trouble.atMs > fromMs && trouble.atMs <= atMs) this.letPersonsAct(trouble, atMs);
    }
    for (const worker of this.workers) {
      for (const endMs of worker.advance(fromMs, atMs)) {
        this.history = afterEnd(this.history, worker.pmId, endMs);
      }
    }
    if (this.story.supervisorRestartsAtMs?.some((restart) => isWithin(restart, fromMs, atMs))) {
      this.restartSupervisor(atMs);
    }
    if (this.acting && this.acting.doneAtMs <= atMs) this.finish(this.acting, atMs);
  }

  private letPersonsAct({ kind, pmId }: Trouble, atMs: number): void {
    const worker = this.workers[pmId]!;
    const stopped = new Set(this.stoppedByPersons);
    const isOurs = parkedWorker(this.history, pmId) || this.acting?.worker === worker;
    if (kind === 'person-stops' && !isOurs) {
      worker.stop();
      this.stoppedByPersons = stopped.add(pmId);
    }
    if (kind === 'person-starts' && stopped.delete(pmId)) {
      worker.startAnew(atMs);
      this.stoppedByPersons = stopped;
    }
  }

  /** What it was doing is left as it is, and all that it knows is what is in the file. */
  private restartSupervisor(atMs: number): void {
    this.history = afterOutcome(JSON.parse(JSON.stringify(this.history)) as History);
    this.listeningSinceMs = atMs;
    if (this.acting) this.acting.worker.isLeaving = false;
    this.acting = null;
  }

  private look(atMs: number): readonly Intent[] {
    const { databaseAway } = this.story;
    const isDatabaseAway =
      databaseAway !== undefined &&
      atMs >= BEGINNING_MS + databaseAway.fromMs &&
      atMs < BEGINNING_MS + databaseAway.untilMs;
    const fleet = {
      atMs,
      workers: this.workers.map((worker) => worker.seen(atMs, isDatabaseAway, this.listeningSinceMs)),
    };
    this.history = settle(this.history, fleet, this.options);
    const intents = decide(fleet, this.history, this.options);
    this.looks.push({ fleet, history: this.history, intents, stoppedByPersons: this.stoppedByPersons });
    return intents;
  }

  private begin(intent: Intent, atMs: number): void {
    if (intent.action === 'alarm' || intent.pmId === null) return;
    this.history = afterIntent(this.history, intent, atMs);
    const { tookMs, fails } = this.turns[this.actions++ % this.turns.length]!;
    const worker = this.workers[intent.pmId]!;
    worker.isLeaving = intent.action === 'replace' || intent.action === 'park';
    this.acting = { intent, worker, doneAtMs: atMs + tookMs, fails };
  }

  /** The worst that an actor may do: a replaced worker is away meanwhile, and its successor has yet to start. */
  private finish({ intent: { action }, worker, fails }: Acting, atMs: number): void {
    this.acting = null;
    this.history = afterOutcome(this.history);
    worker.isLeaving = false;
    if (fails) return;
    if (action === 'kill') worker.end(atMs);
    if (action === 'park') worker.stop();
    if (action === 'try' && !worker.process) worker.startAnew(atMs);
    if (action === 'replace' && worker.process) worker.startAnew(atMs);
  }

  private isCalm(atMs: number): boolean {
    const { history, workers, stoppedByPersons } = this;
    const isForgotten = history.ends.length + history.parked.length === 0 && !history.isActing;
    const isWell = (worker: SimulatedWorker) => stoppedByPersons.has(worker.pmId) || worker.isWellAt(atMs);
    return atMs > this.overAtMs && isForgotten && workers.every(isWell);
  }
}

function isWithin(storyMs: number, fromMs: number, untilMs: number): boolean {
  return storyMs + BEGINNING_MS > fromMs && storyMs + BEGINNING_MS <= untilMs;
}

/** When all that the story tells has happened. */
function lastMomentOf({ troubles, databaseAway, supervisorRestartsAtMs = [] }: Story): number {
  const ends = troubles.map((trouble) => ('untilMs' in trouble ? trouble.untilMs : trouble.atMs));
  return Math.max(0, databaseAway?.untilMs ?? 0, ...ends, ...supervisorRestartsAtMs);
}

function shifted<Part extends Trouble>(trouble: Part): Part {
  const until = 'untilMs' in trouble ? { untilMs: trouble.untilMs + BEGINNING_MS } : {};
  return { ...trouble, atMs: trouble.atMs + BEGINNING_MS, ...until };
}
