import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { GuardCounters } from '../guard-counters.js';
import { httpServersOf } from './http-servers.js';
import { drainServers, type DrainOutcome } from './lame-duck.js';

export interface DrainOptions {
  readonly timeoutMs: number;
  /** The requests that are not answered yet, oldest first. */
  readonly unanswered: () => readonly FastifyReply[];
  /** How many requests are over since the process started. */
  readonly ended: () => number;
}

type DrainCounters = Pick<GuardCounters, 'drainedRequests' | 'cutOffRequests'>;

/** The drain of one application; it happens once, whoever asks for it. */
export class Drain {
  private readonly controller = new AbortController();
  private readonly sockets = new Set<Socket>();
  private fastify: FastifyInstance | undefined;
  private outcome: Promise<DrainOutcome> | undefined;
  private endedBefore: number | undefined;
  private countersAtDeadline: DrainCounters | undefined;

  constructor(private readonly options: DrainOptions) {}

  /** Aborts when the drain begins. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** How many clients are connected. */
  get connections(): number {
    return this.sockets.size;
  }

  /** What it has done to requests so far. */
  get counters(): DrainCounters {
    return this.countersAtDeadline ?? { drainedRequests: this.endedSinceBegin(), cutOffRequests: 0 };
  }

  /** @throws Error for a server of HTTP/2, whose connections end by other rules. */
  watch(fastify: FastifyInstance): void {
    if (!('closeIdleConnections' in fastify.server)) {
      throw new Error('the process guard drains HTTP/1.1 only: make the FastifyAdapter without http2');
    }
    this.fastify = fastify;
    this.follow(fastify.server);
  }

  /** To be called once Fastify listens: for `localhost` it does so with more servers than its own. */
  noteListening(): void {
    if (!this.fastify) return;
    for (const server of httpServersOf(this.fastify)) if (server !== this.fastify.server) this.follow(server);
  }

  run(): Promise<DrainOutcome> {
    this.outcome ??= this.start();
    return this.outcome;
  }

  private follow(server: Server): void {
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  private start(): Promise<DrainOutcome> {
    const { unanswered, timeoutMs } = this.options;
    const servers: Server[] = this.fastify ? httpServersOf(this.fastify) : [];
    this.endedBefore = this.options.ended();
    const onCutOff = (cutOffRequests: number) => {
      this.countersAtDeadline = { drainedRequests: this.endedSinceBegin(), cutOffRequests };
    };
    const drainable = { servers, sockets: this.sockets, unanswered, onCutOff };
    const outcome = drainServers(drainable, timeoutMs);
    // After the server knows: whoever listens may answer what is in flight at once.
    this.controller.abort(new Error('the worker is leaving'));
    return outcome;
  }

  private endedSinceBegin(): number {
    return this.endedBefore === undefined ? 0 : this.options.ended() - this.endedBefore;
  }
}
