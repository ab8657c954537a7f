import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { ActionUnderWayError } from '../operations.js';
import type { Decision, DecisionOutcome } from './decision.js';
import { decisionLine, DecisionFiles } from './decision-files.js';
import { DecisionIds } from './decision-id.js';
import { InProgressFile } from './in-progress-file.js';
import { plainEvidence, sentence } from './plain-evidence.js';

/** What whoever decides knows. */
export type NewDecision = Pick<Decision, 'worker' | 'action' | 'reason' | 'evidence'>;

export interface DecisionLogOptions {
  /** `decisions.ndjson` is rotated before it would grow beyond this; three older ones are kept. @default 5242880 (5 MiB) */
  readonly rotateAtBytes?: number;
  /** How long to wait before what could not be written is tried again. @default 5000 */
  readonly retryDelayMs?: number;
  /** The clock on the wall, in milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

const KEPT_IN_MEMORY = 1000;
/** So many lines are made durable together after the disk was full. */
const LINES_AT_ONCE = 50;
const DEFAULTS = { rotateAtBytes: 5 * 1024 * 1024, retryDelayMs: 5000, now: Date.now };

/**
 * Everything that was done to the workers and why: `<folder>/decisions.ndjson`, one line once the outcome is known, and until then
 * `<folder>/in-progress.json`.
 *
 * It writes synchronously: there are a few decisions in a minute, of some kilobytes each, which takes some 10 ms, and only
 * so is a decision on disk before it is acted on, and its outcome before the next one. No failure of the disk is thrown: decisions
 * go on in memory and are written later.
 */
export class DecisionLog {
  private readonly logger = new Logger('DecisionLog');
  private readonly ids = new DecisionIds();
  private readonly options: Required<DecisionLogOptions>;
  private readonly files: DecisionFiles;
  private readonly inProgress: InProgressFile;
  private finished: Decision[] = [];
  private underWay: Decision | null = null;
  /** What the file in-progress.json says. */
  private underWayOnDisk: Decision | null = null;
  private unwritten: Decision[] = [];
  private forgotten = 0;
  private isFailing = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly folder: string,
    options: DecisionLogOptions = {},
  ) {
    this.options = Object.freeze({ ...DEFAULTS, ...options });
    this.files = new DecisionFiles(folder, this.options);
    this.inProgress = new InProgressFile(join(folder, 'in-progress.json'), this.options.now);
  }

  /**
   * Reads what earlier supervisors left; call it once, before anything else.
   * @returns the decision that one of them could not finish. It is under way again, until {@link finish} is called for it.
   */
  async open(): Promise<{ readonly interrupted: Decision | null }> {
    this.finished = (await this.tryToRead(() => this.files.newest(KEPT_IN_MEMORY))) ?? [];
    this.underWayOnDisk = (await this.tryToRead(() => this.inProgress.read())) ?? null;
    // Killed after the line was written and before the other file was removed.
    const isFinished = this.finished.some(({ id }) => id === this.underWayOnDisk?.id);
    this.underWay = isFinished ? null : this.underWayOnDisk;
    for (const { id } of this.recent()) this.ids.startAfter(id);
    this.write();
    return { interrupted: this.underWay };
  }

  /** On disk when it returns, so that it can be acted on. @throws ActionUnderWayError if another one is not finished. */
  begin(decision: NewDecision): Decision {
    if (this.underWay) throw new ActionUnderWayError(this.underWay);
    this.underWay = this.decide(decision);
    this.write();
    return this.underWay;
  }

  /**
   * Adds to the evidence of the decision under way.
   * @returns the decision as it is now; undefined if it is not under way
   */
  addEvidence(id: string, evidence: Decision['evidence']): Decision | undefined {
    if (this.underWay?.id !== id) return undefined;
    this.underWay = freeze({
      ...this.underWay,
      evidence: plainEvidence({ ...this.underWay.evidence, ...evidence }),
    });
    this.write();
    return this.underWay;
  }

  /** @throws Error if that decision is not under way. */
  finish(id: string, outcome: DecisionOutcome): Decision {
    if (this.underWay?.id !== id) {
      throw new Error(
        `decision ${id} cannot be finished: ${this.underWay ? this.underWay.id : 'none'} is under way`,
      );
    }
    const decision = this.conclude(this.underWay, outcome);
    this.underWay = null;
    this.keep(decision);
    this.write();
    return decision;
  }

  /** For what is over at once, also while another decision is under way. */
  record({ outcome, ...decision }: NewDecision & { readonly outcome: DecisionOutcome }): Decision {
    const recorded = this.conclude(this.decide(decision), outcome);
    this.keep(recorded);
    this.write();
    return recorded;
  }

  /** The newest 1000, in the order of their outcomes; the one under way is the last. */
  recent(): readonly Decision[] {
    const { finished, underWay } = this;
    return underWay ? [...finished.slice(1 - KEPT_IN_MEMORY), underWay] : [...finished];
  }

  /** Whether there may have been more than are remembered. */
  get hasForgotten(): boolean {
    return this.finished.length >= KEPT_IN_MEMORY;
  }

  /** Among the newest 1000. */
  find(id: string): Decision | undefined {
    return this.recent().find((decision) => decision.id === id);
  }

  /** Writes what could not be written before, if that is possible now, and stops trying. */
  close(): void {
    this.write();
    clearTimeout(this.retry);
    this.retry = undefined;
    const lost = this.unwritten.length;
    if (lost > 0) this.logger.error({ message: `${lost} decisions could not be written to ${this.folder}` });
  }

  private decide({ worker, action, reason, evidence }: NewDecision): Decision {
    const nowMs = this.options.now();
    return freeze({
      id: this.ids.next(nowMs),
      at: new Date(nowMs).toISOString(),
      worker: worker && { pmId: worker.pmId, pid: worker.pid, bootId: worker.bootId },
      action,
      reason: sentence(reason),
      evidence: plainEvidence(evidence),
      outcome: null,
      durationMs: null,
    });
  }

  private conclude(decision: Decision, { result, message }: DecisionOutcome): Decision {
    const durationMs = Math.max(0, this.options.now() - Date.parse(decision.at));
    return freeze({ ...decision, outcome: { result, message: sentence(message) }, durationMs });
  }

  private keep(decision: Decision): void {
    this.finished.push(decision);
    if (this.finished.length > KEPT_IN_MEMORY) this.finished.shift();
    this.unwritten.push(decision);
    if (this.unwritten.length > KEPT_IN_MEMORY) {
      this.unwritten.shift();
      this.forgotten += 1;
    }
  }

  private async tryToRead<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      const { folder } = this;
      this.logger.warn({ message: `earlier decisions in ${folder} cannot be read`, folder, error });
      return undefined;
    }
  }

  /** Makes the disk say what memory says. @returns false if it does not. */
  private write(): boolean {
    try {
      while (this.unwritten.length > 0) {
        const lines = this.unwritten.slice(0, LINES_AT_ONCE);
        this.files.append(lines.map(decisionLine).join(''));
        this.unwritten.splice(0, lines.length);
      }
      if (this.underWay !== this.underWayOnDisk) this.inProgress.write(this.underWay);
      this.underWayOnDisk = this.underWay;
      return true;
    } catch (error) {
      this.fails(error);
      return false;
    }
  }

  /** A disk that is nearly full takes one write and refuses the next, so it is well only after a while without a failure. */
  private retryLater(): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      this.retry = undefined;
      if (this.write()) this.works();
    }, this.options.retryDelayMs).unref();
  }

  private works(): void {
    this.isFailing = false;
    const { folder, forgotten } = this;
    const lost = forgotten > 0 ? `, except ${forgotten} that were too many to remember` : '';
    this.forgotten = 0;
    this.logger.log({ message: `decisions are written to ${folder} again, the missed ones too${lost}` });
  }

  private fails(error: unknown): void {
    this.retryLater();
    if (this.isFailing) return;
    this.isFailing = true;
    const { folder } = this;
    const message = `decisions cannot be kept in ${folder}; they go on in memory and are written as soon as it works`;
    this.logger.warn({ message, folder, error });
  }
}

function freeze(decision: Decision): Decision {
  return Object.freeze(decision);
}
