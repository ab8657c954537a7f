import { once } from 'node:events';
import type { OutputStream } from '../surroundings.js';

/** Writes much, no faster than it is read. */
export class LineWriter {
  constructor(
    private readonly stream: OutputStream,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws the reason of the signal, if nobody reads any more */
  async write(lines: readonly string[], encoding: 'latin1' | 'utf8'): Promise<void> {
    if (lines.length === 0 || this.stream.write(`${lines.join('\n')}\n`, encoding)) return;
    await once(this.stream, 'drain', { signal: this.signal });
  }
}
