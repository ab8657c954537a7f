import type { Decision } from '../decisions/decision.js';
import type { Worker } from '../fleet/worker.js';

/** What `GET /events` tells: each as one server-sent event with an id. */
export type SupervisorEvent =
  /** Taken, with `outcome: null`, and again once it is over. */
  | { readonly type: 'decision'; readonly data: Decision }
  /** A step of a decision that takes a while, such as a roll-out. */
  | { readonly type: 'progress'; readonly data: { readonly decisionId: string; readonly message: string } }
  /** A worker came, went, or changed its state, its verdict or whether it is ready. */
  | { readonly type: 'worker'; readonly data: Worker }
  /** What a person should know now. */
  | { readonly type: 'alarm'; readonly data: { readonly message: string } };
