/** When the supervisor acts. Durations are by the fleet's clock. */
export interface PolicyOptions {
  /** How many workers the service should have. */
  readonly expectedWorkers: number;
  /** A worker that answers nothing for so long is killed. @default 3000 */
  readonly silenceLimitMs: number;
  /** How long a worker that has never answered may be silent, from its start. @default 30000 */
  readonly startLimitMs: number;
  /** So many ends of one worker … @default 5 */
  readonly budget: number;
  /** … within so long, and it is parked. @default 30000 */
  readonly budgetWindowMs: number;
  /** How long it rests the first time; twice as long each further time. @default 30000 */
  readonly coolDownMs: number;
  /** The longest rest. @default 900000 */
  readonly longestCoolDownMs: number;
}
