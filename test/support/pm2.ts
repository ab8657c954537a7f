import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ROOT } from './service.js';

const PM2 = join(ROOT, 'node_modules/pm2/bin/pm2');
const POLL_INTERVAL_MS = 100;

/** A worker as pm2 sees it. */
export interface Pm2Worker {
  readonly pm_id: number;
  readonly name: string;
  readonly pid: number;
  readonly pm2_env: { readonly status: string; readonly restart_time: number };
}

/** A pm2 daemon with a home of its own in a temporary folder, and a free port for the service that it runs. */
export class Pm2 {
  readonly folder = mkdtempSync(join(tmpdir(), 'evernest-pm2-'));
  readonly stateDir = join(this.folder, 'state');
  readonly environment: Record<string, string>;

  private constructor(
    readonly port: number,
    /** Where the supervisor listens. */
    readonly opsPort: number,
    variables: Readonly<Record<string, string>>,
  ) {
    this.environment = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.folder,
      PM2_HOME: join(this.folder, 'pm2'),
      // Else pm2 asks its makers' server for news.
      PM2_DISCRETE_MODE: 'true',
      PM2_DISABLE_VERSION_CHECK: 'true',
      STATE_DIR: this.stateDir,
      PORT: String(port),
      OPS_PORT: String(opsPort),
      OPS_TOKEN: 'ops-token',
      WEB_CONCURRENCY: '2',
      ...variables,
    };
  }

  static async create(variables: Readonly<Record<string, string>> = {}): Promise<Pm2> {
    return new Pm2(await freePort(), await freePort(), variables);
  }

  /** @returns what pm2 printed. */
  async run(...args: string[]): Promise<string> {
    const options = { cwd: ROOT, env: this.environment };
    const { stdout } = await promisify(execFile)(process.execPath, [PM2, ...args], options);
    return stdout;
  }

  async workers(name: string): Promise<Pm2Worker[]> {
    // Some of pm2's own lines may come before the list.
    const list = /^\[.*\]$/m.exec(await this.run('jlist'))?.[0] ?? '[]';
    return (JSON.parse(list) as Pm2Worker[]).filter((worker) => worker.name === name);
  }

  /** Looks until it sees what it is to see. */
  async workersUntil(name: string, holds: (seen: Pm2Worker[]) => boolean): Promise<Pm2Worker[]> {
    for (;;) {
      const seen = await this.workers(name);
      if (holds(seen)) return seen;
      await delay(POLL_INTERVAL_MS);
    }
  }

  /** What the workers left behind, oldest first. */
  lastWords(folder = join(this.stateDir, 'guard')): Record<string, unknown>[] {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.endsWith('.report.json'))
      .toSorted()
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  }

  async dispose(): Promise<void> {
    await this.run('kill');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
