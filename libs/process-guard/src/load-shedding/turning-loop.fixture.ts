import { jest } from '@jest/globals';
import { FakeLoop } from '../event-loop/fake-loop.fixture.js';

/** An event loop whose turns are those of Node: what is due, then what was put off to the end of the turn, then its beat. */
export class TurningLoop extends FakeLoop {
  private later: (() => void)[] = [];
  private readonly due: { readonly atMs: number; readonly task: () => void }[] = [];

  /** Takes over what the code under test puts off, until mocks are restored. */
  constructor() {
    super();
    jest
      .spyOn(globalThis, 'setImmediate')
      .mockImplementation(((task: () => void) => this.atEndOfTurn(task)) as never);
    jest
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(((task: () => void, ms: number) => this.after(ms, task)) as never);
  }

  atEndOfTurn(task: () => void): void {
    this.later.push(task);
  }

  after(ms: number, task: () => void): void {
    const atMs = this.nowMs() + ms;
    const behind = this.due.findLastIndex((other) => other.atMs <= atMs);
    this.due.splice(behind + 1, 0, { atMs, task });
  }

  /** Turns until nothing is left to do, or for so long. */
  run(ms = Infinity): void {
    const endsAtMs = this.nowMs() + ms;
    while (this.later.length + this.due.length > 0 && this.nowMs() < endsAtMs) {
      if (this.later.length === 0) this.rest(Math.max(0, this.due[0]!.atMs - this.nowMs()));
      while (this.due.length > 0 && this.due[0]!.atMs <= this.nowMs()) this.due.shift()!.task();
      for (const task of this.later.splice(0)) task();
      this.turn();
    }
  }
}
