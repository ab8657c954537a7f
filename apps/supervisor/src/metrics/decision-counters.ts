import type { EndCause } from '@evernest/process-guard';
import { Counter, type Registry } from 'prom-client';
import type { Decision, DecisionAction, DecisionOutcome } from '../decisions/decision.js';
import { endCausesOf } from './end-causes.js';

const ACTIONS: Readonly<Record<DecisionAction, true>> = {
  replace: true,
  kill: true,
  park: true,
  try: true,
  reload: true,
  alarm: true,
  restart: true,
};
const RESULTS: Readonly<Record<DecisionOutcome['result'], true>> = {
  done: true,
  failed: true,
  interrupted: true,
};
const CAUSES: Readonly<Record<EndCause | 'unknown', true>> = {
  'fatal-error': true,
  hang: true,
  memory: true,
  descriptors: true,
  'start-failed': true,
  asked: true,
  unknown: true,
};

/** Counts decisions that are over, each once, and the ends of workers that they are about. */
export class DecisionCounters {
  private readonly decisions: Counter<'action' | 'result'>;
  private readonly ends: Counter<'cause'>;
  private counted = new Set<string>();

  constructor(registry: Registry) {
    this.decisions = new Counter({
      name: 'evernest_decisions_total',
      help: 'What was done about workers, by action and result.',
      labelNames: ['action', 'result'],
      registers: [registry],
    });
    this.ends = new Counter({
      name: 'evernest_worker_ends_total',
      help: 'Processes of workers that ended, by the cause in their last words; unknown without last words.',
      labelNames: ['cause'],
      registers: [registry],
    });
    // A series that begins with its first event hides that event from `increase()`.
    for (const action of Object.keys(ACTIONS))
      for (const result of Object.keys(RESULTS)) this.decisions.inc({ action, result }, 0);
    for (const cause of Object.keys(CAUSES)) this.ends.inc({ cause }, 0);
  }

  /**
   * One that is under way, or was counted before, changes nothing.
   * @param newest all that may still come again, also those of an earlier supervisor
   */
  count(newest: readonly Decision[]): void {
    const over = newest.filter(({ outcome }) => outcome);
    for (const decision of over) if (!this.counted.has(decision.id)) this.countOne(decision);
    this.counted = new Set(over.map(({ id }) => id));
  }

  private countOne(decision: Decision): void {
    const { action, outcome } = decision;
    if (outcome) this.decisions.inc({ action, result: outcome.result });
    for (const cause of endCausesOf(decision))
      this.ends.inc({ cause: Object.hasOwn(CAUSES, cause) ? cause : 'unknown' });
  }
}
