import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export const hasPrometheus = spawnSync('prometheus', ['--version']).error === undefined;

const POLL_INTERVAL_MS = 250;

/** A real Prometheus that scrapes one target every second. */
export class Prometheus {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static start(port: number, target: string, token: string): Prometheus {
    const folder = mkdtempSync(join(tmpdir(), 'evernest-prometheus-'));
    const file = join(folder, 'prometheus.json');
    // JSON is YAML, too.
    const scrape = {
      job_name: 'evernest',
      scrape_interval: '1s',
      authorization: { credentials: token },
      static_configs: [{ targets: [target] }],
    };
    writeFileSync(file, JSON.stringify({ scrape_configs: [scrape] }));
    const options = [
      `--config.file=${file}`,
      `--storage.tsdb.path=${folder}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    return new Prometheus(spawn('prometheus', options, { stdio: 'ignore' }), folder, port);
  }

  /** Asks until there is an answer. @returns the values, each with its labels */
  async query(expression: string): Promise<{ metric: Record<string, string>; value: [number, string] }[]> {
    const url = `http://127.0.0.1:${this.port}/api/v1/query?query=${encodeURIComponent(expression)}`;
    for (;;) {
      const answer = await fetch(url).then(
        (reply) => reply.json(),
        () => undefined,
      );
      const { result = [] } = (answer as { data?: { result?: [] } } | undefined)?.data ?? {};
      if (result.length > 0) return result;
      await delay(POLL_INTERVAL_MS);
    }
  }

  async stop(): Promise<void> {
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
