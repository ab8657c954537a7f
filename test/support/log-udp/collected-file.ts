import { readFile } from 'node:fs/promises';

/** What a collector's file says of one sender. */
export interface Collected {
  /** The numbers of its lines, in the order of the file. */
  readonly numbers: readonly number[];
  /** How many lines are told to be lost. */
  readonly lost: number;
}

interface Line {
  readonly sender?: string;
  readonly seq?: number;
  readonly message: string;
  readonly gap?: { readonly sender: string; readonly lines: number };
}

/** Reads the file, each line of which must be JSON, and the text of each the one that was sent under its number. */
export async function readCollected(file: string): Promise<(sender: string) => Collected> {
  const text = await readFile(file, 'utf8');
  const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line) as Line); // prettier-ignore
  for (const { seq, message } of lines) {
    if (seq !== undefined && !message.startsWith(`line ${seq},`)) throw new Error(`${seq} says: ${message}`);
  }
  return (sender) => ({
    numbers: lines.filter((line) => line.sender === sender).map(({ seq }) => seq ?? Number.NaN),
    lost: lines.reduce((sum, { gap }) => sum + (gap?.sender === sender ? gap.lines : 0), 0),
  });
}
