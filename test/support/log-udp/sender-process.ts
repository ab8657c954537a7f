import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { UdpSenderFigures } from '../../../libs/logging/src/udp/udp-sender.js';
import { ROOT } from '../service.js';

export type Sent = UdpSenderFigures & { readonly id: string };

/** A sender of log lines as a process of its own. */
export class SenderProcess {
  private readonly child: ChildProcess;

  constructor(port: number, worker: number) {
    const script = join(ROOT, 'test/support/log-udp/send-lines.mjs');
    this.child = fork(script, [String(port), String(worker)], { execArgv: [] });
  }

  /** Sends so many lines, some at once in each turn of its event loop. */
  async send(lines: number, burst: number): Promise<Sent> {
    this.child.send({ lines, burst });
    const [sent] = (await once(this.child, 'message')) as [Sent];
    return sent;
  }

  /** @returns what it sent in all */
  async close(): Promise<Sent> {
    const [sent] = await Promise.all([this.send(0, 0), once(this.child, 'exit')]);
    return sent;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
