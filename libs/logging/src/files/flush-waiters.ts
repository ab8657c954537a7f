/** Those who wait until what was accepted so far has been written. */
export class FlushWaiters {
  private acceptedBytes = 0;
  private settledBytes = 0;
  private readonly waiting = new Set<{ readonly untilBytes: number; readonly resolve: () => void }>();

  accept(bytes: number): void {
    this.acceptedBytes += bytes;
  }

  settle(bytes: number): void {
    this.settledBytes += bytes;
    for (const { untilBytes, resolve } of this.waiting) {
      if (this.settledBytes >= untilBytes) resolve();
    }
  }

  /** Resolves once everything accepted before has been settled, at the latest after that time. */
  async wait(timeoutMs: number): Promise<void> {
    if (this.settledBytes >= this.acceptedBytes) return;
    await new Promise<void>((resolve) => {
      const waiter = { untilBytes: this.acceptedBytes, resolve: () => end() };
      const deadline = setTimeout(() => end(), timeoutMs);
      const end = () => {
        clearTimeout(deadline);
        this.waiting.delete(waiter);
        resolve();
      };
      this.waiting.add(waiter);
    });
  }
}
