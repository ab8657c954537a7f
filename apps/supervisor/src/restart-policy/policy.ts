import type { Decision } from '../decisions/decision.js';
import type { Fleet } from '../fleet/worker.js';
import { budgetLeft } from './budget.js';
import { decide, type Intent } from './decide.js';
import type { HistoryFile } from './history-file.js';
import { afterEnd, afterIntent, afterOutcome, afterStop, type History } from './history.js';
import { settle } from './settle.js';
import type { PolicyOptions } from './policy-options.js';

/** The policy with its memory, which outlives the supervisor. */
export class Policy {
  private history: History;

  constructor(
    private readonly file: Pick<HistoryFile, 'read' | 'write'>,
    private readonly options: PolicyOptions,
  ) {
    this.history = file.read();
  }

  /** What is to be done now. */
  decide(fleet: Fleet): readonly Intent[] {
    this.remember(settle(this.history, fleet, this.options));
    return decide(fleet, this.history, this.options);
  }

  /** A worker ended, and neither a person nor the supervisor had asked for it. */
  noteEnd(pmId: number, atMs: number): void {
    this.remember(afterEnd(this.history, pmId, atMs));
  }

  /** A person asked a worker to stop. */
  noteStop(pmId: number): void {
    this.remember(afterStop(this.history, pmId));
  }

  /** A decision is taken, by the policy or a person, or is over. */
  note({ action, worker, outcome }: Decision): void {
    const begun = { action, pmId: worker?.pmId ?? null };
    this.remember(outcome ? afterOutcome(this.history) : afterIntent(this.history, begun, Date.now()));
  }

  budgetLeft(pmId: number): number {
    return budgetLeft(this.history, pmId, Date.now(), this.options);
  }

  private remember(history: History): void {
    this.history = history;
    this.file.write(history);
  }
}
