import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './service.js';

interface AxonSocket {
  readonly server: NodeJS.EventEmitter;
  bind(path: string): void;
  close(): void;
}

type Reply = (error: Error | null, answer: unknown) => void;
type Methods = Record<string, (argument: unknown, reply: Reply) => void>;

const require = createRequire(join(ROOT, 'node_modules/pm2/package.json'));
const axon = require('./modules/pm2-axon') as { socket(kind: 'rep' | 'pub'): AxonSocket };
const rpc = require('./modules/pm2-axon-rpc') as {
  Server: new (socket: AxonSocket) => { expose(methods: Methods): void };
};

/** Answers what pm2's daemon is asked, over pm2's own protocol, and remembers it. */
export class FakePm2Daemon {
  /** The numbers of the processes that it was to remove. */
  readonly removed: unknown[] = [];
  private readonly sockets: readonly AxonSocket[];

  private constructor(home: string, processes: readonly object[]) {
    const requests = axon.socket('rep');
    new rpc.Server(requests).expose({
      getMonitorData: (_asked, reply) => reply(null, processes),
      deleteProcessId: (pmId, reply) => {
        this.removed.push(pmId);
        reply(null, {});
      },
    });
    requests.bind(join(home, 'rpc.sock'));
    const events = axon.socket('pub');
    events.bind(join(home, 'pub.sock'));
    this.sockets = [requests, events];
  }

  static async start(home: string, processes: readonly object[]): Promise<FakePm2Daemon> {
    const daemon = new FakePm2Daemon(home, processes);
    await Promise.all(daemon.sockets.map(({ server }) => once(server, 'listening')));
    return daemon;
  }

  async stop(): Promise<void> {
    const closed = this.sockets.map(({ server }) => once(server, 'close'));
    for (const socket of this.sockets) socket.close();
    await Promise.all(closed);
  }
}
