import { ownTimeOf } from './line-time.js';
import { ReadLine } from './read-line.js';
import type { ReadingOptions } from './reading-options.js';

/**
 * Picks the lines that are wanted out of those of one file, in its order. A line that tells no time, such as a torn one, has that of the
 * line before it.
 */
export class WantedLines {
  private timeMs = -Infinity;

  constructor(private readonly isWanted: ReadingOptions['isWanted']) {}

  of(raws: readonly string[]): readonly ReadLine[] {
    const lines: ReadLine[] = [];
    for (const raw of raws) {
      this.timeMs = ownTimeOf(raw) ?? this.timeMs;
      const line = new ReadLine(raw, this.timeMs);
      if (this.isWanted(line)) lines.push(line);
    }
    return lines;
  }
}

export async function* wantedLines(
  batches: AsyncIterable<readonly string[]>,
  isWanted: ReadingOptions['isWanted'],
): AsyncGenerator<readonly ReadLine[], void, undefined> {
  const wanted = new WantedLines(isWanted);
  for await (const batch of batches) yield wanted.of(batch);
}
