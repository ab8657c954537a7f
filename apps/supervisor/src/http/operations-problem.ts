import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Problem } from '@evernest/process-guard';
import { catchError, throwError, type Observable } from 'rxjs';
import { LogLevelRefusedError } from '../log-levels/level-change.js';
import { ActionUnderWayError, UnknownWorkerError } from '../operations.js';
import { OPS_PROBLEMS } from './ops.problems.js';

/** Answers what {@link Operations} refuses with the problem that says so. */
export class OperationsProblems implements NestInterceptor {
  intercept(_context: ExecutionContext, handler: CallHandler): Observable<unknown> {
    return handler
      .handle()
      .pipe(catchError((error: unknown) => throwError(() => operationsProblem(error) ?? error)));
  }
}

export function unknownWorker(pmId: number): Problem {
  return OPS_PROBLEMS.WORKER_UNKNOWN({
    detail: `There is no worker ${pmId}. GET /workers lists those that there are.`,
  });
}

function operationsProblem(error: unknown): Problem | undefined {
  if (error instanceof UnknownWorkerError) return unknownWorker(error.pmId);
  if (error instanceof ActionUnderWayError) {
    const { id, action, worker } = error.underWay;
    const about = worker ? ` of worker ${worker.pmId}` : '';
    return OPS_PROBLEMS.ACTION_UNDER_WAY({
      detail: `Decision ${id} is under way: ${action}${about}. Ask again once GET /decisions/${id} has its outcome.`,
      cause: error,
    });
  }
  if (error instanceof LogLevelRefusedError) {
    return OPS_PROBLEMS.LOG_LEVEL_REFUSED({ detail: sentence(error.message), cause: error });
  }
  return undefined;
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
