/** What the watchdog's thread is started with. */
export interface HangThreadData {
  readonly timeoutMs: number;
  readonly lastWordsFolder: string;
  readonly bootId: string;
  readonly pmId: number | null;
  /** The memory of a {@link SharedBoard}. */
  readonly board: SharedArrayBuffer;
  /** Of the main thread's V8; the thread has one of its own. */
  readonly heapLimitBytes: number;
}
