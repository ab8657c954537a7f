import { Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Departure } from '../drain/departure.js';
import { describeRequestOf } from '../in-flight/describe-request.js';
import { exchangeOf } from '../problem/exchange.js';
import { HTTP_PROBLEMS } from '../problem/http-problems.js';
import { sendProblem } from '../problem/send-problem.js';
import type { RequestOfLastWords } from '../last-words/last-words.js';
import { isError, messageOf, stackOf } from '../thrown.js';
import type { FatalOrigin } from './watch-fatal-errors.js';

export const FATAL_ERROR_EXIT_CODE = 70;
/** A timer that throws goes on throwing while the process drains. */
const LOGGED_ERRORS = 10;

/** After an error that nobody caught, nothing is known of the state of the process: it answers and leaves. */
export class FatalErrorHandler {
  private readonly logger = new Logger('ProcessGuard');
  private seen = 0;

  constructor(
    private readonly departure: Departure,
    private readonly currentReply: () => FastifyReply | undefined,
  ) {}

  handle(thrown: unknown, origin: FatalOrigin): void {
    const reply = this.culprit();
    const request = describeRequestOf(reply);
    // The way out first: whatever fails from here on, the process leaves.
    this.departure.begin({
      cause: 'fatal-error',
      exitCode: FATAL_ERROR_EXIT_CODE,
      message: messageOf(thrown),
      stack: stackOf(thrown),
      request: request ?? null,
      evidence: { origin },
    });
    this.log(thrown, origin, request);
    if (reply) answer(reply);
  }

  /** The application's own code tells, and may fail as well. */
  private culprit(): FastifyReply | undefined {
    try {
      return this.currentReply();
    } catch {
      return undefined;
    }
  }

  private log(thrown: unknown, origin: FatalOrigin, request: RequestOfLastWords | undefined): void {
    this.seen += 1;
    if (this.seen > LOGGED_ERRORS) return;
    const error = isError(thrown) ? thrown : new Error('what was thrown is not an Error', { cause: thrown });
    try {
      this.logger.fatal({ message: `${origin}: ${messageOf(thrown)}`, origin, request, error });
    } catch {
      // The last words have it.
    }
  }
}

function answer(reply: FastifyReply): void {
  const { id } = reply.request;
  const detail = `The server could not complete the request ${id}. The reason is in its log under this id.`;
  try {
    sendProblem(HTTP_PROBLEMS.INTERNAL_ERROR({ detail }), exchangeOf(reply.request, reply));
  } catch {
    reply.raw.destroy();
  }
}
