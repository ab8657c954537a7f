import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './service.js';

export const GUARDED_MAIN = join(ROOT, 'dist/test/guarded-app/src/main.js');

/** What a process left behind when it ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A minimal Nest application that uses nothing of this project but the process guard. */
export class GuardedApp {
  private readonly messages: unknown[] = [];
  private readonly outputs: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
  readonly ended: Promise<Ended>;
  url = '';

  private constructor(
    readonly process: ChildProcess,
    readonly folder: string,
  ) {
    process.on('message', (message) => this.messages.push(message));
    for (const name of ['stdout', 'stderr'] as const) {
      process[name]?.on('data', (chunk) => (this.outputs[name] += String(chunk)));
    }
    this.ended = once(process, 'close').then(([exitCode, signal]) => ({ exitCode, signal }));
  }

  /** Resolves when it listens, or when it has ended without. */
  static async start(
    options: Readonly<Record<string, unknown>> = {},
    variables: Readonly<Record<string, string>> = {},
    folder = mkdtempSync(join(tmpdir(), 'evernest-guarded-')),
    flags: readonly string[] = [],
  ): Promise<GuardedApp> {
    const child = spawn(process.execPath, ['--enable-source-maps', ...flags, GUARDED_MAIN], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        NO_COLOR: '1',
        GUARD_FOLDER: folder,
        GUARD_OPTIONS: JSON.stringify({ folder, ...options }),
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const app = new GuardedApp(child, folder);
    const listening = app.message((message) => typeof message === 'object' && message !== null);
    await Promise.race([
      listening.then((message) => (app.url = (message as { listening: string }).listening)),
      app.ended,
    ]);
    return app;
  }

  get stdout(): string {
    return this.outputs.stdout;
  }

  get stderr(): string {
    return this.outputs.stderr;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** The first message from the process that fits, also one that came before. */
  async message(fits: (message: unknown) => boolean): Promise<unknown> {
    for (;;) {
      const found = this.messages.find(fits);
      if (found !== undefined) return found;
      await once(this.process, 'message');
    }
  }

  said(text: string): Promise<unknown> {
    return this.message((message) => message === text);
  }

  count(text: string): number {
    return this.messages.filter((message) => message === text).length;
  }

  async saidTimes(text: string, times: number): Promise<void> {
    while (this.count(text) < times) await once(this.process, 'message');
  }

  /** Resolves once that was written to stdout or stderr. */
  async outputContains(text: string): Promise<void> {
    while (!(this.stdout + this.stderr).includes(text)) {
      await Promise.race([once(this.process.stdout!, 'data'), once(this.process.stderr!, 'data')]);
    }
  }

  tell(message: string): void {
    this.process.send(message);
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** What it wrote to be read after its end; undefined if it wrote nothing. */
  lastWords(): Record<string, unknown> | undefined {
    const name = readdirSync(this.folder).find(
      (file) => file.includes(`-${this.process.pid}-`) && /^[^.]+\.json$/.test(file),
    );
    return name && JSON.parse(readFileSync(join(this.folder, name), 'utf8'));
  }

  async dispose(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill('SIGKILL');
    await this.ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}
