import { Logger } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import type { Decision, DecisionOutcome } from '../decisions/decision.js';
import type { DecisionLog, NewDecision } from '../decisions/decision-log.js';
import { ActionFailedError } from './action.js';

/** Does it; resolves with how it went, as a sentence. @throws ActionFailedError */
export type Run = (decision: Decision) => Promise<string>;

/** Carries out one decision at a time, each on record before it begins and after it is over. */
export class Actor {
  private readonly logger = new Logger('Supervisor');
  private readonly decisions = new Subject<Decision>();
  private current: Decision | null = null;

  constructor(private readonly log: DecisionLog) {}

  /** Each decision when it is taken, and again when it is over. */
  get changes(): Observable<Decision> {
    return this.decisions;
  }

  /** Null if nothing is being done. */
  get underWay(): Decision | null {
    return this.current;
  }

  /** @returns the decision, under way. @throws ActionUnderWayError */
  begin(decision: NewDecision, run: Run): Decision {
    const begun = this.log.begin(decision);
    this.logger.warn({ message: `${begun.action}: ${begun.reason}`, decisionId: begun.id });
    void this.carryOut(begun, run);
    return begun;
  }

  /** Brings to an end what an earlier supervisor could not finish; the log has it under way already. */
  resume(interrupted: Decision, run: Run): void {
    this.logger.warn({
      message: `a supervisor ended in the middle of ${interrupted.action}: ${interrupted.reason}`,
      decisionId: interrupted.id,
    });
    void this.carryOut(interrupted, run, 'interrupted');
  }

  stop(): void {
    this.decisions.complete();
  }

  private async carryOut(
    decision: Decision,
    run: Run,
    success: 'done' | 'interrupted' = 'done',
  ): Promise<void> {
    this.current = decision;
    this.decisions.next(decision);
    const outcome = await this.outcomeOf(decision, run, success);
    const finished = this.log.finish(decision.id, outcome);
    this.current = null;
    const line = {
      message: `${decision.action} ${outcome.result}: ${outcome.message}`,
      decisionId: decision.id,
    };
    if (outcome.result === 'failed') this.logger.error(line);
    else this.logger.log(line);
    this.decisions.next(finished);
  }

  private async outcomeOf(
    decision: Decision,
    run: Run,
    success: 'done' | 'interrupted',
  ): Promise<DecisionOutcome> {
    try {
      return { result: success, message: await run(decision) };
    } catch (error) {
      if (!(error instanceof ActionFailedError)) {
        this.logger.error({ message: `${decision.action} met an unexpected error`, error });
      }
      return { result: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }
}
