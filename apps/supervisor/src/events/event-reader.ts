import { Readable } from 'node:stream';
import type { EventLog } from './event-log.js';

/** What one client reads: it takes events from the log as fast as the client takes them from it, so none wait here. */
export class EventReader extends Readable {
  readonly #log: EventLog;
  #position: number;
  #readToByte: number;
  #isWanted = false;
  #isLast = false;
  #isOver = false;

  /**
   * @param position the number of the event after which it goes on
   * @param preamble what is sent before any event
   */
  constructor(log: EventLog, position: number, preamble: string) {
    super();
    this.#log = log;
    this.#position = position;
    // What was there before the client came is not for it to keep up with.
    this.#readToByte = log.bytes;
    this.push(preamble);
  }

  /** How much of what was published since it came has not been taken. */
  get bytesBehind(): number {
    return this.#position === this.#log.newest ? 0 : this.#log.bytes - this.#readToByte;
  }

  /** Whether events that it has not taken are gone. */
  get isLost(): boolean {
    return !this.#log.holdsAllAfter(this.#position);
  }

  override _read(): void {
    this.#isWanted = true;
    this.deliver();
  }

  /** Hands on what is new, as far as it is wanted. */
  deliver(): void {
    if (this.destroyed || this.#isOver) return;
    while (this.#isWanted) {
      const event = this.#log.after(this.#position);
      if (!event) break;
      this.#position = event.number;
      this.#readToByte = Math.max(this.#readToByte, event.endsAtByte);
      this.#isWanted = this.push(event.chunk);
    }
    if (!this.#isLast || this.#position !== this.#log.newest) return;
    this.#isOver = true;
    this.push(null);
  }

  /** A comment, which keeps a silent connection alive; not for one that has enough to send. */
  beat(comment: string): void {
    if (this.#isWanted && !this.#isLast) this.#isWanted = this.push(comment);
  }

  /** Ends once everything was handed on. */
  end(): void {
    if (this.#isLast) return;
    this.#isLast = true;
    this.deliver();
  }
}
