import type { FastifyReply, FastifyRequest } from 'fastify';
import { exchangeOf } from '../problem/exchange.js';
import { HTTP_PROBLEMS } from '../problem/http-problems.js';
import { sendProblem } from '../problem/send-problem.js';

/** Spread over some seconds, so that those who were shed together do not come back together. */
const PROBLEMS = [1, 2, 3].map((seconds) =>
  HTTP_PROBLEMS.OVERLOADED({
    detail: `The worker has more to do than it can, and has not begun the request. Send it again in ${seconds} s.`,
    headers: { 'retry-after': String(seconds) },
  }),
);

/** Answers 503, and logs nothing: a line per request would be a load of its own. */
export function answerOverloaded(request: FastifyRequest, reply: FastifyReply): void {
  const problem = PROBLEMS[Math.floor(Math.random() * PROBLEMS.length)]!;
  sendProblem(problem, exchangeOf(request, reply));
}
