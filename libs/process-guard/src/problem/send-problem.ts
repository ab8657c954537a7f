import type { Exchange } from './exchange.js';
import { PROBLEM_MEDIA_TYPE, problemBody } from './problem-body.js';
import type { Problem } from './problem.js';

/** Answers a request with a problem, or breaks its connection if an answer is already on the way. */
export function sendProblem(problem: Problem, exchange: Exchange): void {
  const { response, path, requestId } = exchange;
  if (exchange.isAnswered) {
    // Part of an answer is out. A connection that breaks is the only way left to say that it is not whole.
    if (!response.writableEnded) response.destroy();
    return;
  }
  const headers = {
    'content-type': PROBLEM_MEDIA_TYPE,
    'cache-control': 'no-store',
    ...Object.fromEntries(
      Object.entries(problem.headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
  };
  exchange.send(problem.getStatus(), headers, JSON.stringify(problemBody(problem, path, requestId)));
}
