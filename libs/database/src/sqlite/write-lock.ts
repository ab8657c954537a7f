import { DatabaseBusyError } from '../errors.js';

/** Lets one transaction of this process write at a time; waiters are served in order and give up at their deadline. */
export class WriteLock {
  readonly #waiting: Array<() => void> = [];
  #held = false;

  get isHeld(): boolean {
    return this.#held;
  }

  /** @returns the function that gives the lock back. @throws DatabaseBusyError after `timeoutMs`. */
  async acquire(timeoutMs: number): Promise<() => void> {
    if (this.#held) await this.#turn(timeoutMs);
    this.#held = true;
    return () => this.#release();
  }

  #turn(timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const proceed = () => {
        clearTimeout(deadline);
        resolve();
      };
      const deadline = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(proceed), 1);
        reject(
          new DatabaseBusyError(`another transaction of this process held the database for ${timeoutMs} ms`),
        );
      }, timeoutMs);
      this.#waiting.push(proceed);
    });
  }

  #release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#held = false;
  }
}
