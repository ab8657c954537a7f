/** A request as both threads speak of it. */
export interface NotedRequest {
  readonly id: string;
  readonly method: string;
  /** The pattern of the route, such as `/books/:id`; the path, without its query, where no route matched. */
  readonly route: string;
}

const BEATS = 0;
const DEBUGGER_IS_OPEN = 1;
const ID_LENGTH = 2;
const METHOD_LENGTH = 3;
const ROUTE_LENGTH = 4;

const ID = { offset: 32, size: 96 };
const METHOD = { offset: ID.offset + ID.size, size: 16 };
const ROUTE = { offset: METHOD.offset + METHOD.size, size: 256 };

/** What a board needs; a `SharedArrayBuffer` reaches another thread without a copy. */
export function boardMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(ROUTE.offset + ROUTE.size);
}

/**
 * What the main thread leaves for the watchdog's thread in memory that they share, because a thread that hangs cannot be
 * asked: a counter that moves as long as its event loop does, and the request that began last.
 */
export class SharedBoard {
  private readonly numbers: Int32Array;
  private readonly text: Buffer;

  constructor(memory: SharedArrayBuffer) {
    this.numbers = new Int32Array(memory, 0, ID.offset / Int32Array.BYTES_PER_ELEMENT);
    this.text = Buffer.from(memory);
  }

  beat(): void {
    Atomics.add(this.numbers, BEATS, 1);
  }

  get beats(): number {
    return Atomics.load(this.numbers, BEATS);
  }

  set debuggerIsOpen(isOpen: boolean) {
    Atomics.store(this.numbers, DEBUGGER_IS_OPEN, Number(isOpen));
  }

  get debuggerIsOpen(): boolean {
    return Atomics.load(this.numbers, DEBUGGER_IS_OPEN) === 1;
  }

  /**
   * Runs on every request: no object, no copy, one byte a character. Other characters than Latin-1 come out wrong, which
   * a route or an id hardly has; what is too long is cut.
   */
  noteRequest(id: string, method: string, route: string): void {
    this.numbers[ID_LENGTH] = this.text.write(id, ID.offset, ID.size, 'latin1');
    this.numbers[METHOD_LENGTH] = this.text.write(method, METHOD.offset, METHOD.size, 'latin1');
    this.numbers[ROUTE_LENGTH] = this.text.write(route, ROUTE.offset, ROUTE.size, 'latin1');
  }

  /** Null before the first. Only whole while the main thread stands still, which is when it is asked for. */
  lastNotedRequest(): NotedRequest | null {
    const id = this.read(ID.offset, ID_LENGTH);
    const method = this.read(METHOD.offset, METHOD_LENGTH);
    const route = this.read(ROUTE.offset, ROUTE_LENGTH);
    return method === '' ? null : { id, method, route };
  }

  private read(offset: number, length: number): string {
    return this.text.toString('latin1', offset, offset + (this.numbers[length] ?? 0));
  }
}
