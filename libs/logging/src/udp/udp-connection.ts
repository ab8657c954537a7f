import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import type { UdpAddress } from './udp-address.js';

/** What waits for a name to be resolved, or for the kernel to take it; beyond that nothing is taken. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** A name may come to mean another machine; DNS records live for a minute or more. */
const RESOLVE_AGAIN_MS = 60_000;

/**
 * A connected socket: only such a one learns that nobody listens. It is replaced by a new one after a failure, or once
 * the name of the host means another address, whenever `renew` is called.
 */
export class UdpConnection {
  private socket: Socket | undefined;
  private readonly waiting: Buffer[] = [];
  private waitingBytes = 0;
  private underWay = 0;
  private whenIdle: (() => void)[] = [];
  private address: string | undefined;
  private resolvedAt = -Infinity;
  private isFailing = false;
  private isRenewing = false;
  private isClosed = false;

  /**
   * @param onFailure is called for each failure, with a code such as ECONNREFUSED
   * @param onAnswer is called for each datagram that comes back
   */
  constructor(
    private readonly target: UdpAddress,
    private readonly onFailure: (code: string) => void,
    private readonly onAnswer: () => void,
  ) {
    void this.renew();
  }

  /** @returns whether it was taken; the kernel may still refuse it. */
  send(datagram: Buffer): boolean {
    const queued = this.socket?.getSendQueueSize() ?? this.waitingBytes;
    if (this.isClosed || queued + datagram.length > MAX_WAITING_BYTES) return false;
    if (this.socket === undefined) {
      this.waiting.push(datagram);
      this.waitingBytes += datagram.length;
    } else {
      this.handOver(this.socket, datagram);
    }
    return true;
  }

  /** Looks after the connection; to be called from time to time. */
  async renew(): Promise<void> {
    const isFresh = performance.now() - this.resolvedAt < RESOLVE_AGAIN_MS;
    if (this.isRenewing || this.isClosed || (isFresh && !this.isFailing)) return;
    this.isRenewing = true;
    try {
      const { address, family } = await this.resolve();
      if (address !== this.address || this.isFailing) await this.replaceSocket(address, family);
      this.resolvedAt = performance.now();
      this.isFailing = false;
    } catch (error) {
      this.failed(error);
    } finally {
      this.isRenewing = false;
    }
  }

  /** Resolves once the kernel took everything, at the latest after `timeoutMs`. */
  async idle(timeoutMs: number): Promise<void> {
    if (this.isIdle()) return;
    await new Promise<void>((resolve) => {
      const deadline = setTimeout(resolve, timeoutMs);
      this.whenIdle.push(() => {
        clearTimeout(deadline);
        resolve();
      });
    });
  }

  close(): void {
    this.isClosed = true;
    this.socket?.close();
    this.socket = undefined;
  }

  /** Another address of the host after a failure: `localhost` may be ::1 first, and the collector on 127.0.0.1. */
  private async resolve(): Promise<{ address: string; family: number }> {
    const found = await lookup(this.target.host, { all: true });
    const current = found.findIndex(({ address }) => address === this.address);
    const next = this.isFailing ? current + 1 : Math.max(current, 0);
    return found[next % found.length]!;
  }

  private async replaceSocket(address: string, family: number): Promise<void> {
    const socket = await connect({ host: address, port: this.target.port }, family, this.failed);
    const old = this.socket;
    if (this.isClosed) return void socket.close();
    socket.on('message', this.onAnswer);
    this.socket = socket;
    this.address = address;
    old?.close();
    for (const datagram of this.waiting.splice(0)) this.handOver(socket, datagram);
    this.waitingBytes = 0;
  }

  private handOver(socket: Socket, datagram: Buffer): void {
    this.underWay += 1;
    try {
      socket.send(datagram, this.settled);
    } catch (error) {
      this.settled(error as Error);
    }
  }

  private readonly settled = (error: Error | null): void => {
    this.underWay -= 1;
    if (error) this.failed(error);
    if (!this.isIdle()) return;
    for (const resolve of this.whenIdle.splice(0)) resolve();
  };

  private readonly failed = (error: unknown): void => {
    this.isFailing = true;
    this.onFailure((error as NodeJS.ErrnoException).code ?? String(error));
  };

  private isIdle(): boolean {
    return this.underWay === 0 && this.waiting.length === 0;
  }
}

function connect(
  { host, port }: UdpAddress,
  family: number,
  onError: (error: Error) => void,
): Promise<Socket> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4').unref();
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      socket.close();
      reject(error);
    };
    socket.once('error', fail);
    socket.connect(port, host, (error?: Error) => {
      if (error) return fail(error);
      socket.off('error', fail).on('error', onError);
      return resolve(socket);
    });
  });
}
