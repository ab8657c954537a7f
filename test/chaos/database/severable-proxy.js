import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** Stands between a service and its database, until that is to look as if it were away. */
export class SeverableProxy {
  #sockets = new Set();
  #clients = 0;
  #server;
  #isSilent = false;
  /** Where the service connects to; 0 before `start()`. */
  port = 0;
  /** The most connections that clients had at a time while it was silent. */
  mostHeld = 0;

  constructor({ host, port }) {
    this.upstream = { host, port };
  }

  /** From now on all is as if nothing had been; connections that were held are ended. */
  async start() {
    await this.refuse();
    this.#isSilent = false;
    this.#server = createServer((client) => this.#forward(client)).listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = this.#server.address().port;
  }

  /** Ends all connections and takes no new ones, as when the database is not running. */
  async refuse() {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    if (!server) return;
    server.close();
    await once(server, 'close');
  }

  /** Keeps all connections, takes new ones and forwards nothing, as when the database's machine hangs. */
  silence() {
    this.#isSilent = true;
    this.mostHeld = this.#clients;
    // Read it must: else nobody would see that a connection is ended.
    for (const socket of this.#sockets) socket.unpipe().resume();
  }

  #forward(client) {
    this.#keep(client);
    this.#clients += 1;
    client.on('close', () => (this.#clients -= 1));
    if (this.#isSilent) {
      this.mostHeld = Math.max(this.mostHeld, this.#clients);
      client.resume();
      return;
    }
    const upstream = connect(this.upstream);
    this.#keep(upstream);
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  }

  #keep(socket) {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => socket.destroy());
  }
}
