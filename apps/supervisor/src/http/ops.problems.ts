import { problemTable } from '@evernest/process-guard';

/** What the supervisor answers beside what any server answers. */
export const OPS_PROBLEMS = problemTable({
  TOKEN_REQUIRED: { status: 401, title: 'The bearer token is required' },
  OPS_TOKEN_NOT_SET: { status: 403, title: 'Operating is switched off' },
  WORKER_UNKNOWN: { status: 404, title: 'No such worker' },
  DECISION_UNKNOWN: { status: 404, title: 'No such decision' },
  ACTION_UNDER_WAY: { status: 409, title: 'Something else is being done to the fleet' },
  LOG_LEVEL_REFUSED: { status: 422, title: 'The workers refuse this level' },
  TOO_MANY_WRONG_TOKENS: { status: 429, title: 'Too many wrong tokens' },
});
