import { setTimeout as delay } from 'node:timers/promises';
import { KeepAliveClient } from './keep-alive-client.js';

export interface SteadyLoadOptions {
  readonly path: string;
  readonly clients: number;
  /** How long each waits between two requests, in ms. */
  readonly pauseMs: number;
}

/** Clients with a connection each that ask again and again, and remember what failed. */
export class SteadyLoad {
  requests = 0;
  private readonly failed = new Map<string, number>();
  private readonly done = new AbortController();
  private readonly clients: Promise<void>[];

  constructor(port: number, { path, clients, pauseMs }: SteadyLoadOptions) {
    this.clients = Array.from({ length: clients }, () => this.keepAsking(port, path, pauseMs));
  }

  /** What happened to those that were not answered with 200, as `[what, how often]`. */
  get failures(): [string, number][] {
    return [...this.failed];
  }

  async stop(): Promise<void> {
    this.done.abort();
    await Promise.all(this.clients);
  }

  private async keepAsking(port: number, path: string, pauseMs: number): Promise<void> {
    const client = new KeepAliveClient(port);
    while (!this.done.signal.aborted) {
      const outcome = await client.get(path).then(
        ({ status, isComplete }) => (status === 200 && isComplete ? undefined : `status ${status}`),
        (error: NodeJS.ErrnoException) => error.code ?? error.message,
      );
      this.requests += 1;
      if (outcome) this.failed.set(outcome, (this.failed.get(outcome) ?? 0) + 1);
      await delay(pauseMs);
    }
    client.close();
  }
}
