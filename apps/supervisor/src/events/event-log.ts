/** One event as it goes over the wire. */
interface LoggedEvent {
  readonly number: number;
  readonly chunk: Buffer;
  /** How many bytes were logged in all, this event included. */
  readonly endsAtByte: number;
}

/**
 * The newest events, each with an id that no other event ever has: the start of this supervisor, then a number that goes up by one.
 */
export class EventLog {
  readonly #prefix: string;
  readonly #events: LoggedEvent[] = [];
  #newest = 0;
  #bytes = 0;

  /**
   * @param capacity how many events are kept
   * @param startedAtMs what tells the ids of this supervisor from those of the one before, by the clock on the wall
   */
  constructor(
    private readonly capacity: number,
    startedAtMs: number,
  ) {
    this.#prefix = startedAtMs.toString(36);
  }

  /** The number of the newest event; 0 before the first. */
  get newest(): number {
    return this.#newest;
  }

  /** How many bytes were logged in all. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param compose makes the text of the event out of its id */
  append(compose: (id: string) => string): void {
    this.#newest += 1;
    const chunk = Buffer.from(compose(this.idOf(this.#newest)));
    this.#bytes += chunk.length;
    this.#events.push({ number: this.#newest, chunk, endsAtByte: this.#bytes });
    if (this.#events.length > this.capacity) this.#events.shift();
  }

  idOf(number: number): string {
    return `${this.#prefix}-${number}`;
  }

  /** @returns the number of the event with this id; undefined if what follows it is no longer, or was never, here */
  numberOf(id: string): number | undefined {
    const [, prefix, digits] = /^([0-9a-z]{1,12})-(0|[1-9]\d{0,14})$/.exec(id) ?? [];
    const number = Number(digits);
    return prefix === this.#prefix && number <= this.#newest && this.holdsAllAfter(number)
      ? number
      : undefined;
  }

  holdsAllAfter(number: number): boolean {
    return number >= this.#newest - this.#events.length;
  }

  /** The event that follows this one; undefined if it has not happened yet. */
  after(number: number): LoggedEvent | undefined {
    return this.#events[number - this.#newest + this.#events.length];
  }
}
