import type { FastifyReply, FastifyRequest } from 'fastify';
import { exchangeOf } from '../problem/exchange.js';
import { problemTable } from '../problem/problem-table.js';
import { sendProblem } from '../problem/send-problem.js';

const { OVERLOADED } = problemTable({
  OVERLOADED: { status: 503, title: 'The service has more to do than it can' },
});

/** Spread over some seconds, so that those who were shed together do not come back together. */
const PROBLEMS = [1, 2, 3].map((seconds) =>
  OVERLOADED({
    detail: `The request was not begun, because it would have waited too long. Send it again in ${seconds} s.`,
    headers: { 'retry-after': String(seconds) },
  }),
);

/** Answers 503, and logs nothing: a line per request would be a load of its own. */
export function answerOverloaded(request: FastifyRequest, reply: FastifyReply): void {
  const problem = PROBLEMS[Math.floor(Math.random() * PROBLEMS.length)]!;
  sendProblem(problem, exchangeOf(request, reply));
}
