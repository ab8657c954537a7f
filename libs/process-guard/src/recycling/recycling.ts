import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { Boot } from '../last-words/boot.js';
import { messageOf } from '../thrown.js';
import { writeDiagnosticReport } from './diagnostic-report.js';
import { writeHeapSnapshotIfRoom } from './heap-snapshot.js';
import { endTurn, takeTurn } from './recycle-turn.js';

/** How long a replacement may take to listen, as pm2's `listen_timeout` in ecosystem.config.js. */
const START_TIMEOUT_MS = 20_000;
/** What the modules may take to close, and some time for pm2 to notice. */
const CLOSE_TIMEOUT_MS = 5000;

export interface RecyclingOptions {
  readonly folder: string;
  readonly boot: Boot;
  readonly drainTimeoutMs: number;
  readonly heapSnapshots: boolean;
  /** How long it waits for a supervisor to replace it. */
  readonly graceMs: number;
  /** A monotonic clock. */
  readonly nowMs?: () => number;
}

/** How a worker that has to be replaced leaves: one of a cluster at a time, and with evidence. */
export class Recycling {
  private readonly logger = new Logger('Recycling');
  private hasToEndTurn = false;
  private readonly nowMs: () => number;
  private asksSinceMs: number | undefined;

  constructor(private readonly options: RecyclingOptions) {
    this.nowMs = options.nowMs ?? (() => performance.now());
  }

  /**
   * The worker asks to be replaced; to be called again and again as long as it does.
   * @param isUrgent whether it cannot wait for a supervisor
   * @returns whether it may leave by itself now: nobody has replaced it in time, and no other worker is leaving
   */
  ask(isUrgent: boolean): boolean {
    this.asksSinceMs ??= this.nowMs();
    const hasWaited = isUrgent || this.nowMs() - this.asksSinceMs >= this.options.graceMs;
    return hasWaited && this.isMyTurn();
  }

  /** It is well again. */
  withdraw(): void {
    this.asksSinceMs = undefined;
  }

  /** This worker listens: the turn of the one that it replaces is over. */
  noteListening(): void {
    this.hasToEndTurn = true;
    this.tick();
  }

  /** To be called once a second. */
  tick(): void {
    const { folder, boot } = this.options;
    if (this.hasToEndTurn) this.hasToEndTurn = !this.attempt(() => endTurn(folder, boot.pmId), true);
  }

  /** Writes what helps to find the leak, once nothing is served any more; stands still for up to a minute. */
  async leaveEvidence(): Promise<void> {
    const { folder, boot, heapSnapshots } = this.options;
    // Beside the last words they would be taken for such.
    const reports = join(folder, 'reports');
    this.logger.log({ message: `diagnostic report: ${await writeDiagnosticReport(reports, boot.bootId)}` });
    if (!heapSnapshots) return;
    const { file, whyNot } = writeHeapSnapshotIfRoom(reports, boot.bootId);
    this.logger.log({ message: file ? `heap snapshot: ${file}` : `no heap snapshot: ${whyNot}` });
  }

  private isMyTurn(): boolean {
    const { folder, boot, drainTimeoutMs } = this.options;
    const holdForMs = drainTimeoutMs + CLOSE_TIMEOUT_MS + START_TIMEOUT_MS;
    // A folder that cannot be written must not keep a worker until it is killed.
    return this.attempt(() => takeTurn({ folder, ...boot, holdForMs }), true);
  }

  private attempt(step: () => boolean, otherwise: boolean): boolean {
    try {
      return step();
    } catch (error) {
      this.logger.warn({
        message: `cannot take turns in ${this.options.folder}: ${messageOf(error)}`,
        error,
      });
      return otherwise;
    }
  }
}
