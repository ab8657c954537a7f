import { Logger } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import type { ProcessManager } from '../pm2/process-manager.js';
import type { FleetObserver } from './fleet-observer.js';
import type { Fleet } from './worker.js';

const LOOK_EVERY_MS = 1_000;
/** While somebody is silent: a kill shall not be late by a whole second. */
const LOOK_CLOSELY_EVERY_MS = 250;

/** A restart of pm2 takes some seconds. */
const LONGEST_BLINDNESS_MS = 10_000;

/** Looks at the fleet once a second, at once when a process came or went, and more often while a worker is silent. */
export class FleetWatch {
  private readonly logger = new Logger('FleetWatch');
  private readonly seen = new Subject<Fleet>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private lookAgain = false;
  private stopped = false;
  private blindSinceMs: number | undefined;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly observer: FleetObserver,
    processes: Pick<ProcessManager, 'onChange'>,
    /** Told again and again of a fleet that cannot be seen. */
    private readonly onBlind: (message: string) => void = () => undefined,
  ) {
    this.unsubscribe = processes.onChange(() => this.lookNow());
  }

  /** Every look at the fleet. */
  get looks(): Observable<Fleet> {
    return this.seen;
  }

  start(): void {
    this.lookNow();
  }

  /**
   * Waits until a look tells what is asked for.
   * @returns what `see` returned first, or undefined after so long
   */
  until<Seen>(see: (fleet: Fleet) => Seen | undefined, timeoutMs: number): Promise<Seen | undefined> {
    return new Promise((resolve) => {
      const subscription = this.seen.subscribe((fleet) => {
        const result = see(fleet);
        if (result !== undefined) finish(result);
      });
      const timer = setTimeout(() => finish(undefined), timeoutMs);
      timer.unref();
      const finish = (result: Seen | undefined) => {
        clearTimeout(timer);
        subscription.unsubscribe();
        // Nobody shall take the end of the supervisor for a quiet fleet.
        if (!this.stopped) resolve(result);
      };
      this.lookNow();
    });
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.unsubscribe();
    this.seen.complete();
    this.observer.stop();
  }

  /** Changes come in swarms: what comes during a look causes one more. */
  private lookNow(): void {
    if (this.stopped) return;
    this.lookAgain = this.looking;
    if (!this.looking) void this.look();
  }

  private async look(): Promise<void> {
    this.looking = true;
    clearTimeout(this.timer);
    try {
      const fleet = await this.observer.look();
      if (this.blindSinceMs !== undefined) this.logger.log('pm2 answers again');
      this.blindSinceMs = undefined;
      if (!this.stopped) this.seen.next(fleet);
    } catch (error) {
      this.noteBlind(error);
    } finally {
      this.looking = false;
    }
    if (this.stopped) return;
    const nextInMs = this.lookAgain ? 0 : this.isSomebodySilent() ? LOOK_CLOSELY_EVERY_MS : LOOK_EVERY_MS;
    this.timer = setTimeout(() => this.lookNow(), nextInMs);
  }

  private noteBlind(error: unknown): void {
    if (this.blindSinceMs === undefined) this.logger.error({ message: 'the fleet cannot be seen', error });
    this.blindSinceMs ??= Date.now();
    const blindForMs = Date.now() - this.blindSinceMs;
    if (blindForMs < LONGEST_BLINDNESS_MS) return;
    this.onBlind(
      `pm2 has not answered for ${Math.round(blindForMs / 1000)} s: nobody watches over the workers.`,
    );
  }

  private isSomebodySilent(): boolean {
    return this.observer.fleet().workers.some(({ silentForMs }) => silentForMs > 0);
  }
}
