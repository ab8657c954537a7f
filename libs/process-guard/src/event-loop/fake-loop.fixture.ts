import type { LoopReadings } from './loop-readings.js';

/** An event loop whose time passes as the test says. */
export class FakeLoop implements LoopReadings {
  private timeMs = 1000;
  private restedMs = 0;
  private usedMs = 0;
  private timer: { readonly intervalMs: number; readonly callback: () => void; dueAtMs: number } | undefined;

  nowMs = (): number => this.timeMs;
  idleMs = (): number => this.restedMs;
  cpuMs = (): number => this.usedMs;

  get isBeating(): boolean {
    return this.timer !== undefined;
  }

  every(intervalMs: number, callback: () => void): () => void {
    this.timer = { intervalMs, callback, dueAtMs: this.timeMs + intervalMs };
    return () => {
      this.timer = undefined;
    };
  }

  /** Works in the turn that is on, so that no timer can fire. */
  work(ms: number): void {
    this.timeMs += ms;
    this.usedMs += ms;
  }

  /** Waits in a system call of the main thread. */
  block(ms: number): void {
    this.timeMs += ms;
  }

  /** Is stopped from outside while it waits for events. */
  suspend(ms: number): void {
    this.timeMs += ms;
    this.restedMs += ms;
  }

  /** Begins the next turn: the timer fires if it is due. */
  turn(): void {
    const { timer } = this;
    if (!timer || this.timeMs < timer.dueAtMs) return;
    timer.dueAtMs = this.timeMs + timer.intervalMs;
    timer.callback();
  }

  /** Has nothing to do but its timer. */
  rest(ms: number): void {
    const endsAtMs = this.timeMs + ms;
    while (this.timeMs < endsAtMs) {
      const untilMs = Math.min(endsAtMs, this.timer?.dueAtMs ?? endsAtMs);
      this.restedMs += Math.max(0, untilMs - this.timeMs);
      this.timeMs = Math.max(this.timeMs, untilMs);
      this.turn();
    }
  }

  /** Is busy in turns of this length. */
  beBusy(ms: number, turnMs = 10): void {
    for (let leftMs = ms; leftMs > 0; leftMs -= turnMs) {
      this.work(Math.min(turnMs, leftMs));
      this.turn();
    }
  }
}
