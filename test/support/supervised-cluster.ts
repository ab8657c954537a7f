import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { Pm2 } from './pm2.js';
import { ROOT } from './service.js';

const POLL_INTERVAL_MS = 100;
/** Above what anything here takes on a busy machine. */
const PATIENCE_MS = 100_000;

/** What the supervisor tells of a worker, as far as tests need it. */
export interface SupervisedWorker {
  readonly pmId: number;
  readonly pid: number | null;
  readonly bootId: string | null;
  readonly state: string;
  readonly ready: boolean;
  readonly budgetLeft: number;
}

export interface RecordedDecision {
  readonly id: string;
  readonly at: string;
  readonly worker: {
    readonly pmId: number;
    readonly pid: number | null;
    readonly bootId: string | null;
  } | null;
  readonly action: string;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly outcome: { readonly result: string; readonly message: string } | null;
  readonly durationMs: number | null;
}

/** The cluster of ecosystem.config.js with its supervisor, in a pm2 of its own, whose workers can be broken from outside. */
export class SupervisedCluster {
  private constructor(
    readonly pm2: Pm2,
    private readonly faults: string,
  ) {}

  /** A pm2 in which nothing runs yet. */
  static async create(
    workers: number,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<SupervisedCluster> {
    const preload = pathToFileURL(join(ROOT, 'test/support/faults/faults.js')).href;
    const pm2 = await Pm2.create({
      WEB_CONCURRENCY: String(workers),
      NODE_OPTIONS: `--import=${preload}`,
      ...variables,
    });
    const faults = join(pm2.folder, 'faults');
    mkdirSync(faults);
    pm2.environment['FAULTS'] = faults;
    return new SupervisedCluster(pm2, faults);
  }

  static async start(
    workers: number,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<SupervisedCluster> {
    const cluster = await SupervisedCluster.create(workers, variables);
    await cluster.pm2.run('start', 'ecosystem.config.js', '--env', 'production');
    await cluster.workersUntil((seen) => seen.length === workers && seen.every(({ ready }) => ready));
    return cluster;
  }

  /** @param target the number of a worker, or `all` that start from now on */
  break(target: number | 'all', fault: string): void {
    writeFileSync(join(this.faults, String(target)), fault);
  }

  cure(target: number | 'all'): void {
    rmSync(join(this.faults, String(target)), { force: true });
  }

  async ask<Answer>(path: string, method = 'GET'): Promise<Answer> {
    const reply = await fetch(`http://127.0.0.1:${this.pm2.opsPort}${path}`, {
      method,
      headers: { authorization: 'Bearer ops-token' },
    });
    return (await reply.json()) as Answer;
  }

  async workers(): Promise<SupervisedWorker[]> {
    return (await this.ask<{ workers: SupervisedWorker[] }>('/workers')).workers;
  }

  /** Oldest first. */
  async decisions(): Promise<RecordedDecision[]> {
    const { items } = await this.ask<{ items: RecordedDecision[] }>('/decisions?limit=100');
    return items.toReversed();
  }

  /** Looks until it sees what it is to see; a supervisor that does not answer for a while is asked again. */
  async workersUntil(holds: (seen: SupervisedWorker[]) => boolean): Promise<SupervisedWorker[]> {
    return until('workers', () => this.workers(), holds);
  }

  async decisionsUntil(holds: (seen: RecordedDecision[]) => boolean): Promise<RecordedDecision[]> {
    return until('decisions', () => this.decisions(), holds);
  }

  dispose(): Promise<void> {
    return this.pm2.dispose();
  }
}

/** @throws Error with what was seen last */
async function until<Seen>(
  what: string,
  look: () => Promise<Seen>,
  holds: (seen: Seen) => boolean,
): Promise<Seen> {
  const deadline = Date.now() + PATIENCE_MS;
  let last: unknown;
  while (Date.now() < deadline) {
    const seen = await look().catch((error: unknown) => void (last = error));
    if (seen !== undefined) {
      last = seen;
      if (holds(seen)) return seen;
    }
    await delay(POLL_INTERVAL_MS);
  }
  throw new Error(`after ${PATIENCE_MS / 1000} s the ${what} are ${inspect(last, { depth: 4 })}`);
}
