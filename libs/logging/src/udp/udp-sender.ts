import { atExit } from '../at-exit.js';
import { lineDatagram, markDatagram } from './datagrams.js';
import { senderId } from './sender-id.js';
import { untilAnswered } from './until-answered.js';
import { formatUdpAddress } from './udp-address.js';
import { UdpConnection } from './udp-connection.js';
import { resolveUdpSenderOptions, type UdpSenderOptions } from './udp-sender-options.js';

/** How often a sender that has nothing to say shows that it lives, and a broken connection is mended. */
export const TICK_MS = 5000;
/** A process that ends must not wait for a network. */
const FLUSH_TIMEOUT_MS = 500;
const CLOSE_TIMEOUT_MS = 500;

/** What became of the lines of one sender, since it began. */
export interface UdpSenderFigures {
  /** Those it was given; the last one's sequence number. */
  readonly lines: number;
  /** Those among them that were never handed to the kernel, because too much waited or the sender was closed. */
  readonly dropped: number;
  /** Sends that failed, and reports that nobody listens. */
  readonly failures: number;
  /** Lines that had to be cut to fit into a datagram. */
  readonly cut: number;
}

/**
 * Sends each line as a datagram of its own with a sequence number, so that a collector can tell what was lost. It never
 * throws, never blocks and never holds more than 1 MiB: what exceeds that is dropped, but numbered.
 */
export class UdpSender {
  /** Unique to this sender: `HOST/WORKER/PID/RANDOM`. */
  readonly id: string;

  private readonly options: ReturnType<typeof resolveUdpSenderOptions>;
  private readonly connection: UdpConnection;
  private readonly ticking: NodeJS.Timeout;
  private readonly stopEndingAtExit: () => void;
  private readonly counts = { lines: 0, dropped: 0, failures: 0, cut: 0 };
  private linesAtLastTick = 0;
  private isInTrouble = false;
  private troubledSinceTick = false;
  private closing: Promise<void> | undefined;
  /** To the end mark; a failed send is one too. */
  private readonly answer = new AbortController();

  /** @throws Error if an option is wrong. */
  constructor(options: UdpSenderOptions) {
    this.options = resolveUdpSenderOptions(options);
    this.id = senderId(this.options.worker);
    this.connection = new UdpConnection(
      this.options.address,
      (code) => this.failed(code),
      () => this.answer.abort(),
    );
    this.ticking = setInterval(() => this.tick(), TICK_MS).unref();
    // Most processes leave without a close. Nobody can wait for the answer then, but a process that ended was not killed.
    this.stopEndingAtExit = atExit(() => this.sayEnd());
  }

  /** @param line one JSON object; any other text becomes the message of one. */
  send(line: string): void {
    this.counts.lines += 1;
    const { datagram, isCut } = lineDatagram(line, this.numbering(), this.options.maxDatagramBytes);
    if (isCut) this.counts.cut += 1;
    if (this.connection.send(datagram)) return;
    this.counts.dropped += 1;
    this.notice('more was waiting than may');
  }

  figures(): UdpSenderFigures {
    return { ...this.counts };
  }

  /** Resolves once all lines have left the process, at the latest after half a second. */
  flush(): Promise<void> {
    return this.connection.idle(FLUSH_TIMEOUT_MS);
  }

  /**
   * Sends all lines, tells the collector the number of the last one, and closes the socket, at the latest after half a
   * second: a log collector answers at once, other receivers do not. Lines that come later are dropped.
   */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    clearInterval(this.ticking);
    this.stopEndingAtExit();
    await untilAnswered(() => this.sayEnd(), this.answer.signal, CLOSE_TIMEOUT_MS);
    this.connection.close();
  }

  private sayEnd(): void {
    this.connection.send(markDatagram(this.numbering(), 'end'));
  }

  private tick(): void {
    if (this.counts.lines === this.linesAtLastTick) {
      this.connection.send(markDatagram(this.numbering(), 'alive'));
    }
    this.linesAtLastTick = this.counts.lines;
    if (this.isInTrouble && !this.troubledSinceTick) this.recovered();
    this.troubledSinceTick = false;
    void this.connection.renew();
  }

  private failed(code: string): void {
    this.counts.failures += 1;
    if (this.closing) this.answer.abort();
    this.notice(code);
  }

  private notice(trouble: string): void {
    this.troubledSinceTick = true;
    if (this.isInTrouble || this.closing) return;
    this.isInTrouble = true;
    this.options.tell(`Log lines do not reach ${this.target()} (${trouble}); they are lost until they do.`);
  }

  private recovered(): void {
    this.isInTrouble = false;
    this.options.tell(`Log lines go out to ${this.target()} again.`);
  }

  private target(): string {
    return formatUdpAddress(this.options.address);
  }

  private numbering() {
    return { sender: this.id, seq: this.counts.lines };
  }
}
