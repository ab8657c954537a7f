import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../service.js';

/** A process that appends numbered lines to a log file, as many as it is allowed. */
export class NumberedWriter {
  /** Lines of which it knows that they have left it. */
  written: number | undefined;
  losses: unknown;
  allowed = 0;
  isKilled = false;
  private readonly child: ChildProcess;
  readonly ended: Promise<unknown>;

  constructor(
    readonly name: string,
    library: string,
    path: string,
  ) {
    this.child = fork(join(ROOT, 'test/support/logs/numbered-lines.js'), [
      JSON.stringify({ library, path, name }),
    ]);
    this.ended = once(this.child, 'close');
    this.child.on('message', (report: object) => Object.assign(this, report));
  }

  /** Whether it takes signals and messages. */
  get isReady(): boolean {
    return this.written !== undefined && this.child.exitCode === null && !this.isKilled;
  }

  allow(lines: number, isLast = false): void {
    this.allowed += lines;
    if (!this.isKilled) this.child.send({ allowed: this.allowed, isLast });
  }

  reopen(): void {
    if (this.isReady) this.child.kill('SIGUSR2');
  }

  async killWhileItWrites(): Promise<void> {
    this.allow(Number.MAX_SAFE_INTEGER);
    await once(this.child, 'message');
    this.kill();
  }

  kill(): void {
    this.isKilled = true;
    this.child.kill('SIGKILL');
  }
}
