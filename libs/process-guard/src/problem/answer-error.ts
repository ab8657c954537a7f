import { types } from 'node:util';
import { errorProblem } from './error-problem.js';
import type { Exchange } from './exchange.js';
import { healthResultOf } from './health-result.js';
import { HTTP_PROBLEMS } from './http-problems.js';
import { logFailure } from './log-failure.js';
import type { Problem } from './problem.js';
import { sendProblem } from './send-problem.js';

/** Answers a request with what went wrong; a failure of ours (5xx) is logged, here and nowhere else. */
export function answerError(
  error: unknown,
  exchange: Exchange,
  toProblem: (error: unknown) => Problem | undefined,
) {
  const health = healthResultOf(error);
  if (health && !exchange.isAnswered) {
    exchange.send(503, { 'content-type': 'application/json; charset=utf-8' }, JSON.stringify(health));
    return;
  }
  if (isUploadCutShort(error, exchange)) {
    sendProblem(
      HTTP_PROBLEMS.MALFORMED_REQUEST({ detail: 'The body ended before it was complete.' }),
      exchange,
    );
    return;
  }
  let thrown = error;
  let problem: Problem;
  try {
    problem = toProblem(error) ?? errorProblem(error, exchange.requestId);
  } catch (mappingError) {
    thrown = new AggregateError([error, mappingError], 'an error occurred, and so did one in toProblem');
    problem = errorProblem(thrown, exchange.requestId);
  }
  if (problem.getStatus() >= 500) {
    logFailure(thrown, exchange, { code: problem.code, status: problem.getStatus() });
  }
  sendProblem(problem, exchange);
}

/** Nobody is there to read the answer, and nothing is wrong on this side. */
function isUploadCutShort(error: unknown, { response }: Exchange): boolean {
  return (
    types.isNativeError(error) && 'code' in error && error.code === 'ECONNRESET' && !response.req.complete
  );
}
