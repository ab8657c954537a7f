import { HTTP_PROBLEMS } from './http-problems.js';
import type { Problem } from './problem.js';

/** The problem of a request that no route took, given the methods in which its path is served. */
export function unroutedProblem(method: string, path: string, served: readonly string[]): Problem {
  // A route that was found and then declined, as one for static files does, is no reason to blame the method.
  if (served.length === 0 || served.includes(method)) {
    return HTTP_PROBLEMS.ROUTE_NOT_FOUND({ detail: `Nothing is served at ${path}.` });
  }
  const allow = served.join(', ');
  return HTTP_PROBLEMS.METHOD_NOT_ALLOWED({
    detail: `${path} does not take ${method}. It takes ${allow}.`,
    headers: { allow },
  });
}
