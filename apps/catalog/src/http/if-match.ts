import { entityTagOf, ifMatchSatisfied } from '@evernest/conditional-requests';
import { REQUEST_PROBLEMS } from './http.problems.js';

/** @throws PRECONDITION_FAILED when `If-Match` names another state than `current`, the body that a GET would send. */
export function requireMatch(ifMatch: string | undefined, current: string): void {
  if (ifMatchSatisfied(ifMatch, entityTagOf(current))) return;
  throw REQUEST_PROBLEMS.PRECONDITION_FAILED({
    detail:
      'If-Match names another state of this resource. Read it again and repeat the change on what you find.',
  });
}
