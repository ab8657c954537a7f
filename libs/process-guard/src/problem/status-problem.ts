import { STATUS_CODES } from 'node:http';
import { HTTP_PROBLEMS } from './http-problems.js';
import { Problem, type ProblemOccurrence } from './problem.js';

const NAMED = new Map([
  [405, HTTP_PROBLEMS.METHOD_NOT_ALLOWED],
  [408, HTTP_PROBLEMS.REQUEST_TIMEOUT],
  [413, HTTP_PROBLEMS.BODY_TOO_LARGE],
  [414, HTTP_PROBLEMS.URL_TOO_LONG],
  [415, HTTP_PROBLEMS.UNSUPPORTED_MEDIA_TYPE],
  [431, HTTP_PROBLEMS.HEADERS_TOO_LARGE],
  [500, HTTP_PROBLEMS.INTERNAL_ERROR],
  [503, HTTP_PROBLEMS.SERVICE_UNAVAILABLE],
]);

/** The problem for an error of which nothing but the HTTP status is known: 403 is `FORBIDDEN`, 409 `CONFLICT`. */
export function statusProblem(status: number, occurrence: ProblemOccurrence): Problem {
  const named = NAMED.get(status);
  if (named) return named(occurrence);
  const title = STATUS_CODES[status] ?? `HTTP ${status}`;
  const code = title
    .replaceAll("'", '')
    .replaceAll(/[^a-z0-9]+/gi, '_')
    .toUpperCase();
  return new Problem({ code, status, title, ...occurrence });
}
