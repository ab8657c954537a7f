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
/** A line's end: in none of the three, as HTTP has it in no line. */
const SEPARATOR = 10;
const REQUEST_OFFSET = 32;
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
  private readonly bytes: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.numbers = new Int32Array(memory, 0, REQUEST_OFFSET / Int32Array.BYTES_PER_ELEMENT);
    this.bytes = new Uint8Array(memory);
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
   * Runs on every request, so byte by byte: a call out of JavaScript would take three times as long. Other characters
   * than Latin-1 come out wrong, which a route or an id hardly has; what is too long is cut.
   */
  noteRequest(id: string, method: string, route: string): void {
    let end = this.put(id, REQUEST_OFFSET, LONGEST_ID);
    this.bytes[end] = SEPARATOR;
    end = this.put(method, end + 1, LONGEST_METHOD);
    this.bytes[end] = SEPARATOR;
    end = this.put(route, end + 1, LONGEST_ROUTE);
    this.numbers[REQUEST_LENGTH] = end - REQUEST_OFFSET;
  }

  /** Null before the first. Only whole while the main thread stands still, which is when it is asked for. */
  lastNotedRequest(): NotedRequest | null {
    const endsAt = REQUEST_OFFSET + (this.numbers[REQUEST_LENGTH] ?? 0);
    const text = Buffer.from(this.bytes.buffer).toString('latin1', REQUEST_OFFSET, endsAt);
    const [id = '', method, route] = text.split(String.fromCharCode(SEPARATOR));
    return method && route !== undefined ? { id, method, route } : null;
  }

  /** @returns where it ends */
  private put(text: string, offset: number, longest: number): number {
    const { bytes } = this;
    const length = Math.min(text.length, longest);
    for (let index = 0; index < length; index += 1) bytes[offset + index] = text.charCodeAt(index);
    return offset + length;
  }
}
