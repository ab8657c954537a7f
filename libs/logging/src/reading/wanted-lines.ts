import { ownTimeOf } from './line-time.js';
import { ReadLine } from './read-line.js';

/** Whether a line is wanted. */
export type LineTest = (line: ReadLine) => boolean;

/**
 * Picks the lines that are wanted out of those of one file, in its order. A line that tells no time, such as a torn one, has that of the
 * line before it.
 */
export class WantedLines {
  private timeMs = -Infinity;

  constructor(private readonly isWanted: LineTest) {}

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
  isWanted: LineTest,
): AsyncGenerator<readonly ReadLine[], void, undefined> {
  const wanted = new WantedLines(isWanted);
  for await (const batch of batches) yield wanted.of(batch);
}
