import { Catch, Inject, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { PROCESS_GUARD_OPTIONS, type ProcessGuardOptions } from '../process-guard-options.js';
import { answerError } from './answer-error.js';
import { exchangeOf, type Exchange } from './exchange.js';
import { Problem } from './problem.js';
import { routeMethods } from './route-methods.js';
import { unroutedProblem } from './unrouted.js';

/** Answers whatever is thrown while a request is handled. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(PROCESS_GUARD_OPTIONS) private readonly options: ProcessGuardOptions,
    private readonly host: HttpAdapterHost,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request: { readonly is404?: boolean } & Parameters<typeof exchangeOf>[0] = http.getRequest();
    const exchange = exchangeOf(request, http.getResponse());
    answerError(error, exchange, (cause) => {
      if (cause instanceof Problem) return cause;
      if (request.is404 && cause instanceof NotFoundException) return this.#unrouted(exchange);
      return this.options.toProblem(cause);
    });
  }

  #unrouted({ method, path }: Exchange): Problem {
    return unroutedProblem(method, path, routeMethods(this.host.httpAdapter.getInstance<object>(), path));
  }
}
