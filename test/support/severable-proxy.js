import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** Forwards TCP connections to a server such as a database, until that is to look as if it were away. */
export class SeverableProxy {
  #upstream;
  #server;
  #sockets = new Set();
  #clients = new Set();
  #isSilent = false;
  /** Where clients connect to; 0 before `start()`. */
  port = 0;
  /** The most connections that clients had at a time since it fell silent. */
  mostHeld = 0;

  /** @param {string} host @param {number} port of the server */
  constructor(host, port) {
    this.#upstream = { host, port };
  }

  /** From now on all is as if nothing had been; connections that were held are ended. */
  async start() {
    await this.refuse();
    this.#isSilent = false;
    // Who is silent does not answer an end either.
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#take(client));
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = this.#server.address().port;
  }

  /** Ends all connections and takes no new ones, as when the server is not running. */
  async refuse() {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    if (!server) return;
    server.close();
    await once(server, 'close');
  }

  /** Ends all connections, takes new ones and answers nothing, as when a machine hangs that had been away. */
  async mute() {
    await this.start();
    this.silence();
  }

  /** Keeps all connections, takes new ones and answers nothing, as when the server's machine hangs: neither side is told. */
  silence() {
    this.#isSilent = true;
    this.mostHeld = this.#clients.size;
    // Read it must: else nobody would see that a client has ended its connection.
    for (const socket of this.#sockets) socket.unpipe().resume();
  }

  #take(client) {
    this.#keep(client);
    this.#clients.add(client);
    const isHeldNoMore = () => this.#clients.delete(client);
    client.on('end', isHeldNoMore).on('close', isHeldNoMore);
    if (this.#isSilent) {
      this.mostHeld = Math.max(this.mostHeld, this.#clients.size);
      client.resume();
      return;
    }
    const upstream = connect({ ...this.#upstream, allowHalfOpen: true });
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
