import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ROOT } from '../service.js';

export const COLLECTOR = join(ROOT, 'dist/apps/supervisor/src/log-collector/main.js');
export const LITTLE_ROOM = join(ROOT, 'test/support/log-udp/collect-with-little-room.mjs');

/** A log collector as a process of its own. */
export class CollectorProcess {
  private output = '';

  private constructor(private readonly child: ChildProcessByStdio<null, null, Readable>) {
    child.stderr.on('data', (chunk) => (this.output += String(chunk)));
  }

  static async start(script: string, args: readonly string[], cwd: string): Promise<CollectorProcess> {
    const env = { PATH: process.env['PATH'] };
    const child = spawn(process.execPath, [script, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const collector = new CollectorProcess(child);
    while (!collector.output.includes('Collecting') && child.exitCode === null) {
      await Promise.race([once(child.stderr, 'data'), once(child, 'exit')]);
    }
    return collector;
  }

  get port(): number {
    return Number(/ on 127\.0\.0\.1:(\d+)/.exec(this.output)?.[1]);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** @returns how it ended and what it said. */
  async end(signal?: NodeJS.Signals): Promise<{ exitCode: number | null; stderr: string }> {
    const isOver = this.child.exitCode !== null || this.child.signalCode !== null;
    if (signal !== undefined && !isOver) this.signal(signal);
    if (!isOver) await once(this.child, 'close');
    return { exitCode: this.child.exitCode, stderr: this.output };
  }
}
