import type { LoopClock } from '../event-loop/loop-clock.js';
import { utilizationOf } from '../event-loop/loop-windows.js';

/** Five beats: the shortest time that says more of the load than of a single request. */
const WINDOW_MS = 100;
/** A window that ended so late was one turn; whether it was work or the process was stopped, only its processor time can tell. */
const LONG_WINDOW_MS = 500;
/** A beat is up to 1 ms late in an idle process. */
const LONG_TURN_MS = 5;
/** Below, all that arrives in one turn is done soon enough. */
const HEAVY_REQUEST_MS = 0.5;
/**
 * From here on the loop has no room. Measured with independent clients: no window is above at 70 % of what the process
 * can carry, a third at 85 %, 96 % beyond its peak.
 */
const SATURATED = 0.95;
/** The measured work of a request follows a change of traffic within about this much busy time. */
const MEMORY_MS = 1000;
/** Until something is known: 20 requests of 1 ms, what a small read takes a Nest application that is not compiled yet. */
const ASSUMED_REQUESTS = 20;
const ASSUMED_WORK_MS = 1;

/** Measures, in windows of 100 ms, how busy the event loop is, how much work a request is and how many wait for it. */
export class LoadGauge {
  /** Windows in a row, up to now, in which the loop was saturated. */
  saturatedWindows = 0;
  /** How long a request keeps the loop busy. */
  workPerRequestMs = ASSUMED_WORK_MS;
  /** Requests in flight that wait for something else than the loop. */
  private resting = 0;

  private startedAtMs: number;
  private idleAtStartMs: number;
  private cpuAtStartMs: number;
  private completions = 0;
  private leastInFlight = Infinity;
  private knownBusyMs = ASSUMED_REQUESTS * ASSUMED_WORK_MS;
  private knownCompletions = ASSUMED_REQUESTS;

  constructor(private readonly clock: LoopClock) {
    this.startedAtMs = clock.nowMs();
    this.idleAtStartMs = clock.idleMs();
    this.cpuAtStartMs = clock.cpuMs();
  }

  /** Whether a turn of the loop is long at the moment, or is going to be with what a request takes. */
  isBusy(lagMs: number): boolean {
    const isHeavy = this.saturatedWindows > 0 && this.workPerRequestMs > HEAVY_REQUEST_MS;
    return isHeavy || lagMs > LONG_TURN_MS;
  }

  /**
   * How long a request that is let in now would wait for the loop, behind those in flight and those not yet begun. The turn that
   * is on does not count, however long: it has come to this request, and may have been without a processor.
   */
  waitMs(inFlight: number, queued: number): number {
    if (inFlight < this.leastInFlight) this.leastInFlight = inFlight;
    // A loop that has room lets nobody wait, however many are in flight.
    const running = this.saturatedWindows === 0 ? 0 : Math.max(0, inFlight - this.resting);
    return (queued + running) * this.workPerRequestMs;
  }

  noteCompletion(): void {
    this.completions += 1;
  }

  /** To be called with every beat of the clock. */
  beat(): void {
    const nowMs = this.clock.nowMs();
    if (nowMs - this.startedAtMs >= WINDOW_MS)
      this.closeWindow(nowMs, this.clock.idleMs(), this.clock.cpuMs());
  }

  private closeWindow(nowMs: number, idleMs: number, cpuMs: number): void {
    const lengthMs = nowMs - this.startedAtMs;
    const utilization = utilizationOf(lengthMs, idleMs - this.idleAtStartMs);
    const isSaturated = utilization >= SATURATED;
    this.saturatedWindows = isSaturated ? this.saturatedWindows + 1 : 0;
    this.learnResting(isSaturated);
    const busyMs = utilization * lengthMs;
    this.learnWork(lengthMs < LONG_WINDOW_MS ? busyMs : Math.min(busyMs, cpuMs - this.cpuAtStartMs));
    this.startedAtMs = nowMs;
    this.idleAtStartMs = idleMs;
    this.cpuAtStartMs = cpuMs;
    this.completions = 0;
    this.leastInFlight = Infinity;
  }

  /** A loop that was idle at times had served all who waited for it; who was in flight then, waits for others. */
  private learnResting(isSaturated: boolean): void {
    if (this.leastInFlight === Infinity) return;
    this.resting = isSaturated ? Math.min(this.resting, this.leastInFlight) : this.leastInFlight;
  }

  private learnWork(busyMs: number): void {
    // Nothing done for anybody, such as a time in which all were shed, teaches nothing.
    const hadWork = this.leastInFlight !== Infinity && this.leastInFlight > this.resting;
    if (this.completions === 0 && !hadWork) return;
    const kept = Math.exp(-busyMs / MEMORY_MS);
    this.knownBusyMs = kept * this.knownBusyMs + busyMs;
    this.knownCompletions = kept * this.knownCompletions + this.completions;
    this.workPerRequestMs = this.knownBusyMs / this.knownCompletions;
  }
}
