export { HTTP_PROBLEMS } from './problem/http-problems.js';
export { PROBLEM_MEDIA_TYPE, type ProblemBody } from './problem/problem-body.js';
export {
  problemTable,
  type ProblemDefinition,
  type ProblemFactory,
  type ProblemTable,
} from './problem/problem-table.js';
export { Problem, type FieldError, type ProblemInit, type ProblemOccurrence } from './problem/problem.js';
export { registerProblemResponses } from './problem/route-methods.js';
export { problemServerOptions } from './problem/server-options.js';
export { ProcessGuardModule } from './process-guard.module.js';
export { GUARD_LIMITS, type ProcessGuardOptions } from './process-guard-options.js';
export { ProcessGuard } from './process-guard.js';
export { failStart, type FailedStart } from './fatal-errors/fail-start.js';
export type { GuardCounters } from './guard-counters.js';
export type { GuardStatus, GuardVerdict } from './guard-status.js';
export { ProcessGuardIndicator } from './health/process-guard.indicator.js';
export type { EndCause, LastWords } from './last-words/last-words.js';
