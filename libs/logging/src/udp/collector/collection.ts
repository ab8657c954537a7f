import { formatUdpAddress, type UdpAddress } from '../udp-address.js';
import type { LineSink } from './line-sink.js';
import {
  accountLine,
  gapLine,
  ownLine,
  silenceLine,
  unreadableLine,
  type OwnLine,
} from '../collector-lines.js';
import { readDatagram } from './read-datagram.js';
import { Sender, type SenderFigures } from './sender.js';

/** A sender with nothing to say says so every five seconds: this is three times that, in ticks. */
const SILENCE_TICKS = 15;
/** An hour. A sender that is heard later begins anew. */
const FORGET_TICKS = 3600;
/** Some 10 MB. A fleet has hundreds; more can only be forged. */
const MAX_SENDERS = 10_000;

/** What became of all datagrams, since the collector began. */
export interface CollectorFigures {
  /** Lines that were written. */
  readonly received: number;
  /** Lines that are known to have been sent and were not written, whatever became of them. */
  readonly lost: number;
  /** Lines that arrived twice, or after they were given up; they were not written again. */
  readonly repeated: number;
  /** Datagrams that were no numbered log lines. */
  readonly unreadable: number;
  /** Lines that arrived, but that the file could not take; they are among the lost. */
  readonly refused: number;
  /** The senders that are remembered, those heard longest ago first. */
  readonly senders: readonly SenderFigures[];
}

/** Writes what senders send into one place and keeps account of what is missing. Ticks once a second. */
export class Collection {
  /** Those heard longest ago first, give or take a tick. */
  private readonly senders = new Map<string, Sender>();
  /** Of senders that were forgotten. */
  private readonly forgotten = { received: 0, lost: 0, repeated: 0 };
  private unreadable = 0;
  private refused = 0;

  /** @param lastNumbers of senders that an earlier collector knew */
  constructor(
    private readonly sink: LineSink,
    lastNumbers: ReadonlyMap<string, number>,
  ) {
    for (const [id, last] of lastNumbers) this.remember(new Sender(id, last));
  }

  /** @returns whether it tells the end of a sender */
  take(datagram: Buffer, from: UdpAddress): boolean {
    const received = readDatagram(datagram);
    if (received === undefined) {
      this.unreadable += 1;
      if (this.unreadable === 1) this.tell(unreadableLine(formatUdpAddress(from)));
      return false;
    }
    const { sender: id, seq } = received;
    if ('mark' in received) {
      this.sender(id).mark(seq, received.mark);
      return received.mark === 'end';
    }
    this.sender(id).line(seq, () => this.write(received.line, received.isImportant));
    return false;
  }

  tick(): void {
    for (const sender of this.senders.values()) {
      sender.tick((gap) => this.tell(gapLine(sender.id, gap)));
      if (sender.isAlive && sender.silentTicks > SILENCE_TICKS) {
        sender.isAlive = false;
        this.tell(silenceLine(sender.figures()));
      }
      if (sender.silentTicks > FORGET_TICKS) this.forget(sender);
    }
  }

  /** Nothing will arrive any more: what is missing is lost, and each sender gets its account. */
  end(): void {
    for (const sender of this.senders.values()) {
      sender.end((gap) => this.tell(gapLine(sender.id, gap)));
      if (sender.wasHeard) this.tell(accountLine(sender.figures()));
    }
  }

  figures(): CollectorFigures {
    const senders = [...this.senders.values()].map((sender) => sender.figures());
    const sum = (name: 'received' | 'lost' | 'repeated') =>
      senders.reduce((total, figures) => total + figures[name], this.forgotten[name]);
    const { unreadable, refused } = this;
    return {
      received: sum('received'),
      lost: sum('lost'),
      repeated: sum('repeated'),
      unreadable,
      refused,
      senders,
    };
  }

  private sender(id: string): Sender {
    const known = this.senders.get(id);
    if (known !== undefined && known.silentTicks === 0) return known;
    const sender = known ?? new Sender(id);
    this.senders.delete(id);
    this.remember(sender);
    return sender;
  }

  private remember(sender: Sender): void {
    const [oldest] = this.senders.values();
    if (oldest !== undefined && this.senders.size >= MAX_SENDERS) this.forget(oldest);
    this.senders.set(sender.id, sender);
  }

  private forget(sender: Sender): void {
    sender.end((gap) => this.tell(gapLine(sender.id, gap)));
    const { received, lost, repeated } = sender.figures();
    this.forgotten.received += received;
    this.forgotten.lost += lost;
    this.forgotten.repeated += repeated;
    this.senders.delete(sender.id);
  }

  private tell(line: OwnLine): boolean {
    return this.sink.write(`${ownLine(line)}\n`, 'important');
  }

  private write(line: string, isImportant: boolean): boolean {
    const isTaken = this.sink.write(`${line}\n`, isImportant ? 'important' : 'droppable');
    if (!isTaken) this.refused += 1;
    return isTaken;
  }
}
