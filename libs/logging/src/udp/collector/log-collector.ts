import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { lookup } from 'node:dns/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { UdpAddress } from '../udp-address.js';
import { Collection, type CollectorFigures } from './collection.js';
import type { LineSink } from './line-sink.js';

const TICK_MS = 1000;
/** While lines keep coming, a stop does not wait for longer. */
const DRAIN_TIMEOUT_MS = 1000;
/** If nothing came for so long, nothing was left in the socket. */
const DRAINED_AFTER_MS = 20;

export interface LogCollectorOptions {
  /** Where it listens; port 0 takes a free one. */
  readonly address: UdpAddress;
  readonly sink: LineSink;
  /** Up to which number the lines of senders are accounted for already. @default none */
  readonly lastNumbers?: ReadonlyMap<string, number>;
  /**
   * What the kernel may hold while this process is busy, in bytes; it grants at most `net.core.rmem_max`.
   * @default 4 MiB: some 5,000 lines, because each takes about 800 bytes of it
   */
  readonly receiveBufferBytes?: number;
  /** Is told what went wrong with the socket. */
  readonly tell: (sentence: string) => void;
}

/** Receives the lines of many `UdpSender`s and hands them on one after another, with a line for each gap. */
export class LogCollector {
  private readonly collection: Collection;
  private readonly ticking: NodeJS.Timeout;
  private datagrams = 0;
  private stopping: Promise<void> | undefined;

  private constructor(
    private readonly socket: Socket,
    { sink, lastNumbers = new Map(), tell }: LogCollectorOptions,
  ) {
    this.collection = new Collection(sink, lastNumbers);
    this.ticking = setInterval(() => this.collection.tick(), TICK_MS).unref();
    socket.on('message', (datagram, from) => this.take(datagram, from));
    socket.on('error', (error) => tell(`The log collector's socket failed: ${error.message}`));
  }

  /** @throws what prevents listening there, such as EADDRINUSE. */
  static async listen(options: LogCollectorOptions): Promise<LogCollector> {
    const { address, receiveBufferBytes = 4 * 1024 * 1024 } = options;
    const { address: ip, family } = await lookup(address.host);
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    try {
      // `exclusive`: a pm2 cluster would otherwise share the socket among its workers.
      socket.bind({ address: ip, port: address.port, exclusive: true });
      await once(socket, 'listening');
      socket.setRecvBufferSize(receiveBufferBytes);
    } catch (error) {
      socket.close();
      throw error;
    }
    return new LogCollector(socket, options);
  }

  get address(): UdpAddress {
    const { address, port } = this.socket.address();
    return { host: address, port };
  }

  figures(): CollectorFigures {
    return this.collection.figures();
  }

  /** Takes what has arrived, tells what is missing, and closes the socket. */
  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<void> {
    await this.drain();
    clearInterval(this.ticking);
    this.socket.close();
    this.collection.end();
  }

  private async drain(): Promise<void> {
    const deadline = performance.now() + DRAIN_TIMEOUT_MS;
    for (let before = -1; before !== this.datagrams && performance.now() < deadline;) {
      before = this.datagrams;
      await pause(DRAINED_AFTER_MS);
    }
  }

  private take(datagram: Buffer, { address: host, port }: RemoteInfo): void {
    this.datagrams += 1;
    const isEnd = this.collection.take(datagram, { host, port });
    // The sender repeats its end until it comes back. An echo is no larger than what asked for it.
    if (isEnd) this.socket.send(datagram, port, host, () => {});
  }
}
