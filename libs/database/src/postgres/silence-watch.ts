import { DatabaseUnavailableError } from '../errors.js';

/** Slow statements make all wait that long too, now and then; asking costs one connection. */
const SILENT_AFTER_MS = 2000;

/**
 * Tells a database that is silent from one that is slow. When nobody has been answered for a while, the next who comes asks it for a
 * sign of life first, and all who come meanwhile share that question. Without one, all are refused until there is: they
 * would only pile up, each until its own time is over.
 */
export class SilenceWatch {
  private readonly waiting = new Set<() => void>();
  private quietSinceMs = 0;
  private answers = 0;
  private isFoundSilent = false;
  private question: Promise<void> | undefined;

  /**
   * @param ask rejects if there is no sign of life
   * @param nowMs a monotonic clock
   */
  constructor(
    private readonly ask: () => Promise<void>,
    private readonly nowMs: () => number,
  ) {}

  /** Whether nothing should be asked before {@link hear} has resolved. */
  get isSilent(): boolean {
    if (this.isFoundSilent) return true;
    return this.waiting.size > 0 && this.nowMs() - this.quietSinceMs > SILENT_AFTER_MS;
  }

  /** Resolves once there is a sign of life. @throws DatabaseUnavailableError if there is none; then nobody waits any longer either */
  hear(): Promise<void> {
    this.question ??= this.listen().finally(() => (this.question = undefined));
    return this.question;
  }

  /** To be called when something is asked. @param giveUp ends the waiting; to be handed to {@link noteEnd} as well */
  noteWaiting(giveUp: () => void): void {
    if (this.waiting.size === 0) this.quietSinceMs = this.nowMs();
    this.waiting.add(giveUp);
  }

  /** Whether answered or not. */
  noteEnd(giveUp: () => void): void {
    this.waiting.delete(giveUp);
  }

  /** To be called for each answer, also if it is that something was wrong. */
  noteAnswer(): void {
    this.answers += 1;
    this.quietSinceMs = this.nowMs();
    this.isFoundSilent = false;
  }

  private async listen(): Promise<void> {
    const { answers } = this;
    try {
      await this.ask();
      this.noteAnswer();
    } catch (cause) {
      // Whoever was answered meanwhile has heard from it: it is slow to take new connections, and not silent.
      if (this.answers === answers) this.giveUp(cause);
    }
  }

  private giveUp(cause: unknown): never {
    this.isFoundSilent = true;
    for (const giveUp of this.waiting) giveUp();
    throw new DatabaseUnavailableError('PostgreSQL gives no sign of life', { cause });
  }
}
