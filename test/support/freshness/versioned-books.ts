/** A state of a book that somebody was told is written. */
interface AcknowledgedWrite {
  readonly version: number;
  readonly atMs: number;
}

/** A read that returned less than had been acknowledged when it began. */
export interface StaleRead {
  readonly bookId: number;
  readonly version: number;
  /** How long before the read began the first write that it does not show was acknowledged, in ms. */
  readonly staleForMs: number;
}

/** Books whose summary counts their writes, and what a reader may be told of them. */
export class VersionedBooks {
  private readonly acknowledged = new Map<number, AcknowledgedWrite[]>();
  readonly staleReads: StaleRead[] = [];
  reads = 0;
  writes = 0;

  constructor(private readonly bookIds: readonly number[]) {
    for (const id of bookIds) this.acknowledged.set(id, []);
  }

  any(): number {
    return this.bookIds[Math.floor(Math.random() * this.bookIds.length)]!;
  }

  noteAcknowledged(bookId: number, version: number): void {
    this.writes += 1;
    this.acknowledged.get(bookId)?.push({ version, atMs: performance.now() });
  }

  /** @param beganAtMs when the read was sent */
  noteRead(bookId: number, version: number, beganAtMs: number): void {
    this.reads += 1;
    const missed = this.acknowledged
      .get(bookId)
      ?.find((write) => write.version > version && write.atMs < beganAtMs);
    if (missed) this.staleReads.push({ bookId, version, staleForMs: beganAtMs - missed.atMs });
  }
}
