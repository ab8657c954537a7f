import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

export async function rotatedFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((file) => /^combined-.*\.log(\.gz)?$/.test(file)).toSorted();
}

export interface NumberedLines {
  /** How many lines of each writer are there, all in their order. */
  readonly counts: ReadonlyMap<string, number>;
  /** Lines that are not what had to come next of their writer; the first ten. */
  readonly unexpected: readonly string[];
  /** Beginnings of lines that a killed process left. */
  readonly pieces: readonly string[];
}

/** Reads what numbered writers wrote to `combined.log` and the files that it was rotated into. */
export async function readNumberedLines(folder: string): Promise<NumberedLines> {
  const counts = new Map<string, number>();
  const unexpected: string[] = [];
  const pieces: string[] = [];
  for await (const line of linesOf(folder)) {
    const whole = wholeLine(line);
    if (whole.length < line.length) pieces.push(line.slice(0, line.length - whole.length));
    if (whole === '') continue;
    const { name, number, padding } = JSON.parse(whole) as { name: string; number: number; padding: string };
    const next = counts.get(name) ?? 0;
    if (number !== next || padding.length !== number % 300)
      unexpected.push(`${name}: ${number}, not ${next}`);
    counts.set(name, number + 1);
  }
  return { counts, unexpected: unexpected.slice(0, 10), pieces };
}

async function* linesOf(folder: string): AsyncGenerator<string> {
  // The names of rotated files sort by their time and before `combined.log`.
  for (const file of (await readdir(folder)).filter((name) => name.startsWith('combined')).toSorted()) {
    const raw = createReadStream(join(folder, file));
    const input = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  }
}

/** A process that is killed while it writes may leave the beginning of a line, after which the next one begins. */
function wholeLine(line: string): string {
  const beginning = line.lastIndexOf('{"time":"');
  return beginning !== -1 && line.endsWith('}') ? line.slice(beginning) : '';
}
