import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Forwards TCP connections to a server, until that is to look as if it were away. */
export class SeverableProxy {
  private readonly sockets = new Set<Socket>();
  private isMute = false;
  private server: Server | undefined;
  /** Where clients connect to; 0 before `start()`. */
  port = 0;

  constructor(
    private readonly host: string,
    private readonly upstreamPort: number,
  ) {}

  /** Also after `refuse()` or `mute()`: from now on all is as if nothing had been. */
  async start(): Promise<void> {
    await this.refuse();
    this.isMute = false;
    await this.listen();
  }

  /** Ends all connections and takes no new ones, as when the server is not running. */
  async refuse(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    for (const socket of this.sockets) socket.destroy();
    if (!server) return;
    server.close();
    await once(server, 'close');
  }

  /** Takes connections and answers nothing, as when the server's machine hangs. */
  async mute(): Promise<void> {
    await this.refuse();
    this.isMute = true;
    await this.listen();
  }

  /** Keeps all connections, takes new ones and answers nothing, as when the server's process is stopped. */
  silence(): void {
    this.isMute = true;
    this.freeze();
  }

  /** Keeps all connections and forwards nothing any more, as when a cable is cut: neither side is told. */
  freeze(): void {
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  private async listen(): Promise<void> {
    this.server = createServer((client) => this.forward(client)).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private forward(client: Socket): void {
    this.keep(client);
    if (this.isMute) return;
    const upstream = connect(this.upstreamPort, this.host);
    this.keep(upstream);
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => socket.destroy());
  }
}
