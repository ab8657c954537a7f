/** A request as both threads speak of it. */
export interface NotedRequest {
  readonly id: string;
  readonly method: string;
  /** The pattern of the route, such as `/books/:id`; the path, without its query, where no route matched. */
  readonly route: string;
}

const BEATS = 0;
const DEBUGGER_IS_OPEN = 1;
const REQUEST_LENGTH = 2;

const LONGEST_ID = 96;
const LONGEST_METHOD = 16;
const LONGEST_ROUTE = 256;
/** In none of the three, as HTTP has it in no line. */
const SEPARATOR = '\n';
const REQUEST_OFFSET = 32;
const REQUEST_SIZE = LONGEST_ID + LONGEST_METHOD + LONGEST_ROUTE + 2 * SEPARATOR.length;
const BOARD_SIZE = 512;

/** What a board needs; a `SharedArrayBuffer` reaches another thread without a copy. */
export function boardMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(BOARD_SIZE);
}

/**
 * What the main thread leaves for the watchdog's thread in memory that they share, because a thread that hangs cannot be
 * asked: a counter that moves as long as its event loop does, and the request that began last.
 */
export class SharedBoard {
  private readonly numbers: Int32Array;
  private readonly text: Buffer;

  constructor(memory: SharedArrayBuffer) {
    this.numbers = new Int32Array(memory, 0, REQUEST_OFFSET / Int32Array.BYTES_PER_ELEMENT);
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
   * Runs on every request: one call out of JavaScript, which costs more than to put the text together. Other characters
   * than Latin-1 come out wrong, which a route or an id hardly has; what is too long is cut.
   */
  noteRequest(id: string, method: string, route: string): void {
    const request =
      cut(id, LONGEST_ID) + SEPARATOR + cut(method, LONGEST_METHOD) + SEPARATOR + cut(route, LONGEST_ROUTE);
    this.numbers[REQUEST_LENGTH] = this.text.write(request, REQUEST_OFFSET, REQUEST_SIZE, 'latin1');
  }

  /** Null before the first. Only whole while the main thread stands still, which is when it is asked for. */
  lastNotedRequest(): NotedRequest | null {
    const endsAt = REQUEST_OFFSET + (this.numbers[REQUEST_LENGTH] ?? 0);
    const [id = '', method, route] = this.text.toString('latin1', REQUEST_OFFSET, endsAt).split(SEPARATOR);
    return method && route !== undefined ? { id, method, route } : null;
  }
}

function cut(text: string, length: number): string {
  return text.length > length ? text.slice(0, length) : text;
}
