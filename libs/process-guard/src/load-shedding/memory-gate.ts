/** What fills a memory for a while is many requests at once, so fewer at once empties it. */
const MOST_AT_ONCE = 10;

/** Lets only a few requests be begun at a time while the memory is strained. */
export class MemoryGate {
  isStrained = false;

  /** @param pending how many requests are begun whose answer has not begun: streams, which may never end, keep nobody out */
  constructor(private readonly pending: () => number) {}

  hasRoom(): boolean {
    return !this.isStrained || this.pending() < MOST_AT_ONCE;
  }
}
