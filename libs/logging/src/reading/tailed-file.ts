import { stat, type FileHandle } from 'node:fs/promises';
import { LineSplitter } from './line-splitter.js';
import type { ReadLine } from './read-line.js';
import type { ReadingOptions } from './reading-options.js';
import { WantedLines } from './wanted-lines.js';

const PIECE_BYTES = 64 * 1024;

/** A file that is open, and how far it has been read. It stays the same file whatever name it gets. */
export class TailedFile {
  private splitter = new LineSplitter();
  private readonly wanted: WantedLines;
  private readonly buffer = Buffer.allocUnsafe(PIECE_BYTES);

  constructor(
    private readonly handle: FileHandle,
    private offset: number,
    isWanted: ReadingOptions['isWanted'],
  ) {
    this.wanted = new WantedLines(isWanted);
  }

  async isAt(path: string): Promise<boolean> {
    const [mine, there] = await Promise.all([this.handle.stat(), stat(path)]);
    return mine.ino === there.ino && mine.dev === there.dev;
  }

  /** What has been written since; a line without its end waits for it. */
  async *newLines(): AsyncGenerator<readonly ReadLine[], void, undefined> {
    if ((await this.handle.stat()).size < this.offset) yield this.startAgain();
    for (;;) {
      const { bytesRead } = await this.handle.read(this.buffer, 0, PIECE_BYTES, this.offset);
      if (bytesRead === 0) return;
      this.offset += bytesRead;
      yield this.wanted.of(this.splitter.push(this.buffer.subarray(0, bytesRead)));
    }
  }

  /** @returns what had no end yet */
  async close(): Promise<readonly ReadLine[]> {
    await this.handle.close();
    return this.wanted.of(this.splitter.end());
  }

  /** Somebody emptied it in place, after a copy was made. */
  private startAgain(): readonly ReadLine[] {
    this.offset = 0;
    return this.wanted.of(this.splitter.end());
  }
}
