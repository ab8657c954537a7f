import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from '../problem/exchange.js';
import { HTTP_PROBLEMS } from '../problem/http-problems.js';
import { PROBLEM_MEDIA_TYPE, problemBody } from '../problem/problem-body.js';

/** Spread over some seconds, so that those who were shed together do not come back together. */
const ANSWERS = ['1', '2', '3'].map((seconds) => ({
  headers: { 'content-type': PROBLEM_MEDIA_TYPE, 'cache-control': 'no-store', 'retry-after': seconds },
  problem: HTTP_PROBLEMS.OVERLOADED({
    detail: `The worker has more to do than it can, and has not begun the request. Send it again in ${seconds} s.`,
  }),
}));

/** Answers 503 with as little work as can be, and logs nothing: a line per request would be a load of its own. */
export function answerOverloaded(request: FastifyRequest, reply: FastifyReply): void {
  const { headers, problem } = ANSWERS[Math.floor(Math.random() * ANSWERS.length)]!;
  const body = JSON.stringify(problemBody(problem, pathOf(request.originalUrl), request.id));
  void reply.code(503).headers(headers).send(body);
}
