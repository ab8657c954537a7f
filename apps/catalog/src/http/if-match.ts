import { entityTagOf, ifMatchSatisfied } from '@evernest/conditional-requests';
import { REQUEST_PROBLEMS } from './http.problems.js';

/** @throws PRECONDITION_FAILED when `If-Match` names another state than `current`, which is what a GET would send, or its JSON. */
export function requireMatch(ifMatch: string | undefined, current: object | string): void {
  const body = typeof current === 'string' ? current : JSON.stringify(current);
  if (ifMatchSatisfied(ifMatch, entityTagOf(body))) return;
  throw REQUEST_PROBLEMS.PRECONDITION_FAILED({
    detail:
      'If-Match names another state of this resource. Read it again and repeat the change on what you find.',
  });
}
