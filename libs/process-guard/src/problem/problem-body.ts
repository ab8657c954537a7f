import type { FieldError, Problem } from './problem.js';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The body of every error answer (RFC 9457, with `code`, `requestId` and `errors` added). */
export interface ProblemBody {
  /** `urn:evernest:problem:<code>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The path of the request, without its query; `*` if the request could not be read. */
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly FieldError[];
}

/** Says what happened in the words of the problem, and to which request. */
export function problemBody(problem: Problem, instance: string, requestId: string): ProblemBody {
  const { code, title, detail, errors } = problem;
  return {
    type: `urn:evernest:problem:${code}`,
    title,
    status: problem.getStatus(),
    detail,
    instance,
    code,
    requestId,
    ...(errors && { errors }),
  };
}
