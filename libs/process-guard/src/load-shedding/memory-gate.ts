/** What fills a memory for a while is many requests at once, so fewer at once empties it. */
const MOST_AT_ONCE = 10;
/** Where so many never end, such as streams, the others must not wait for ever. */
const ONE_MORE_EACH_MS = 100;

/** Lets only a few requests be begun while the memory is strained: ten at a time, and one more every tenth of a second. */
export class MemoryGate {
  isStrained = false;
  private begunAtMs = -Infinity;

  /** @param nowMs a monotonic clock */
  constructor(private readonly nowMs: () => number) {}

  /** @param inFlight requests that are begun and not answered yet */
  hasRoom(inFlight: number): boolean {
    if (!this.isStrained || inFlight < MOST_AT_ONCE) return true;
    return this.nowMs() - this.begunAtMs >= ONE_MORE_EACH_MS;
  }

  /** To be called for each that is begun. */
  noteBegin(): void {
    if (this.isStrained) this.begunAtMs = this.nowMs();
  }
}
