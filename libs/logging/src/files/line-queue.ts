/**
 * What may be done with a line when its file cannot take it for long: `droppable` lines are given up first,
 * `important` ones (warnings and graver) have as much room again of their own.
 */
export type LineWeight = 'droppable' | 'important';

const NEWLINE = 0x0a;

/** Lines that wait to be written, in batches of whole lines. Holds a bounded number of bytes. */
export class LineQueue {
  private readonly batches: Buffer[] = [];
  private open = '';
  private openBytes = 0;
  private queuedBytes = 0;

  /** @param maxBytes of droppable lines; important ones are taken up to twice that */
  constructor(
    private readonly maxBytes: number,
    private readonly batchBytes: number,
  ) {}

  /** What waits, and what is being written, in bytes. */
  get bytes(): number {
    return this.queuedBytes;
  }

  /** Whether what waits fills a batch. */
  get hasFullBatch(): boolean {
    return this.queuedBytes >= this.batchBytes;
  }

  /** @returns whether there was room */
  add(line: string, bytes: number, weight: LineWeight): boolean {
    const room = weight === 'important' ? 2 * this.maxBytes : this.maxBytes;
    if (this.queuedBytes + bytes > room) return false;
    if (this.openBytes + bytes > this.batchBytes) this.seal();
    this.open += line;
    this.openBytes += bytes;
    this.queuedBytes += bytes;
    return true;
  }

  /** The oldest batch, which stays until it is removed. */
  first(): Buffer | undefined {
    if (this.batches.length === 0) this.seal();
    return this.batches[0];
  }

  /** Removes those lines of the oldest batch of which so many bytes were written. @returns their bytes */
  removeWritten(writtenBytes: number): number {
    const [batch] = this.batches;
    if (batch === undefined || writtenBytes === 0) return 0;
    const wholeBytes = batch.lastIndexOf(NEWLINE, writtenBytes - 1) + 1;
    if (wholeBytes === batch.length) this.batches.shift();
    else this.batches[0] = batch.subarray(wholeBytes);
    this.queuedBytes -= wholeBytes;
    return wholeBytes;
  }

  /** Takes out everything but the oldest batches, which are being written. */
  takeAllBut(kept: number): Buffer {
    this.seal();
    const taken = Buffer.concat(this.batches.splice(kept));
    this.queuedBytes -= taken.length;
    return taken;
  }

  private seal(): void {
    if (this.openBytes === 0) return;
    this.batches.push(Buffer.from(this.open));
    this.open = '';
    this.openBytes = 0;
  }
}
