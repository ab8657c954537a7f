import { byTime } from './by-time.js';
import type { ReadLine } from './read-line.js';

export interface ReorderWindow {
  /** By how many lines one may be late. */
  readonly lines: number;
  /** The same in bytes, for lines that are long. */
  readonly bytes: number;
}

/**
 * A process writes its lines up to half a second late, or when its buffer is full, so that those of many processes follow each other
 * in blocks: 16,384 lines are half a second of 32,000 lines a second.
 */
export const REORDER_WINDOW: ReorderWindow = { lines: 16_384, bytes: 8 * 1024 * 1024 };

/** Holds lines until those that belong before them have come; at most two windows of them. Those of one time keep their order. */
export class ReorderBuffer {
  private held: ReadLine[] = [];
  private bytes = 0;
  private settledUpToMs = -Infinity;

  constructor(private readonly window: ReorderWindow = REORDER_WINDOW) {}

  /** @returns what can wait no longer */
  add(lines: readonly ReadLine[]): readonly ReadLine[] {
    for (const line of lines) {
      this.held.push(line);
      this.bytes += line.raw.length;
    }
    const { window, held, bytes } = this;
    if (held.length < 2 * window.lines && bytes < 2 * window.bytes) return [];
    return this.take(Math.ceil(held.length / 2));
  }

  /** @returns what was held when this was called last, and what belongs between */
  takeSettled(): readonly ReadLine[] {
    const index = this.sorted().findIndex(({ timeMs }) => timeMs > this.settledUpToMs);
    const settled = this.take(index === -1 ? this.held.length : index);
    this.settledUpToMs = this.held.at(-1)?.timeMs ?? -Infinity;
    return settled;
  }

  takeAll(): readonly ReadLine[] {
    return this.take(this.held.length);
  }

  private take(count: number): readonly ReadLine[] {
    const taken = this.sorted().splice(0, count);
    for (const { raw } of taken) this.bytes -= raw.length;
    return taken;
  }

  /** Nearly linear, for they come in blocks that are sorted. */
  private sorted(): ReadLine[] {
    this.held = this.held.toSorted(byTime);
    return this.held;
  }
}
