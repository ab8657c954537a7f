import type { FileHandle } from 'node:fs/promises';

const PIECE_BYTES = 64 * 1024;
const LINE_FEED = 10;

/** How many bytes there are up to the last end of a line: what stands behind it is still being written. */
export async function bytesOfWholeLines(handle: FileHandle): Promise<number> {
  const buffer = Buffer.alloc(PIECE_BYTES);
  let { size: end } = await handle.stat();
  while (end > 0) {
    const start = Math.max(0, end - PIECE_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, end - start, start);
    const lineFeed = buffer.subarray(0, bytesRead).lastIndexOf(LINE_FEED);
    if (lineFeed !== -1) return start + lineFeed + 1;
    end = start;
  }
  return 0;
}
