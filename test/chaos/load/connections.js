import { Agent } from 'node:http';

/** What a client sends that opens a connection for one request. */
export const freshConnection = { agent: false };

/** Connections that are kept, as many as are needed at a time and at least so many in turn, as a proxy or a browser has them. */
export class KeepAlive {
  #agents;
  #next = 0;

  constructor(connections) {
    // One socket each: a single agent would use the same few for a load that is light.
    this.#agents = Array.from({ length: connections }, () => new Agent({ keepAlive: true }));
  }

  connection() {
    this.#next = (this.#next + 1) % this.#agents.length;
    return { agent: this.#agents[this.#next] };
  }

  close() {
    for (const agent of this.#agents) agent.destroy();
  }
}
