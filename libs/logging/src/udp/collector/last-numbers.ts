import { open } from 'node:fs/promises';
import type { OwnLine } from '../collector-lines.js';

/** Some 15,000 lines, read in some 50 ms. */
const TAIL_BYTES = 4 * 1024 * 1024;

/**
 * Up to which number the lines of each sender are accounted for at the end of a collector's file, so that a collector
 * that was away knows what it missed.
 */
export async function lastNumbers(path: string): Promise<Map<string, number>> {
  const numbers = new Map<string, number>();
  const note = (sender: unknown, last: unknown) => {
    if (typeof sender !== 'string' || typeof last !== 'number') return;
    numbers.set(sender, Math.max(last, numbers.get(sender) ?? 0));
  };
  for (const line of (await tail(path).catch(nothingYet)).split('\n')) {
    const { sender, seq, gap, account } = parse(line);
    if (sender !== undefined) note(sender, seq);
    // Only a line of the collector's own has no sender: what others say of gaps does not count.
    else note((gap ?? account)?.sender, (gap ?? account)?.last);
  }
  return numbers;
}

async function tail(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function nothingYet(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}

type Line = Partial<OwnLine> & { readonly sender?: unknown; readonly seq?: unknown };

/** The first line may be cut, the last one torn by the end of an earlier collector. */
function parse(line: string): Line {
  try {
    return (JSON.parse(line) as Line | null) ?? {};
  } catch {
    return {};
  }
}
