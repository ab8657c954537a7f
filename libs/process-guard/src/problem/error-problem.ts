import { HttpException } from '@nestjs/common';
import { fastifyProblem, isFastifyFailure } from './fastify-problem.js';
import { isErrorStatus } from './problem-table.js';
import { Problem, type FieldError } from './problem.js';
import { HTTP_PROBLEMS } from './http-problems.js';
import { statusProblem } from './status-problem.js';

/** The problem for any thrown value. Of what was not meant for the caller, nothing but the status gets out. */
export function errorProblem(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  // Nest hands Fastify's 4xx on as an HttpException with the original as its cause.
  const known =
    fastifyProblem(error) ?? (error instanceof HttpException ? fastifyProblem(error.cause) : undefined);
  if (known) return known;
  const status = statusOf(error);
  if (status >= 500) return statusProblem(status, { detail: withoutReason(requestId), cause: error });
  return validationProblem(error) ?? statusProblem(status, { detail: messageOf(error), cause: error });
}

function statusOf(error: unknown): number {
  const status =
    error instanceof HttpException ? error.getStatus() : isFastifyFailure(error) ? error.statusCode : 500;
  return status !== undefined && isErrorStatus(status) ? status : 500;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function withoutReason(requestId: string): string {
  return `The server could not complete the request ${requestId}. The reason is in its log under this id.`;
}

/** Nest's own ValidationPipe lists sentences that begin with the field's name. */
function validationProblem(error: unknown): Problem | undefined {
  const response =
    error instanceof HttpException && error.getStatus() === 400 ? error.getResponse() : undefined;
  if (typeof response !== 'object' || !('message' in response) || !Array.isArray(response.message))
    return undefined;
  const errors = response.message.map((sentence) => fieldError(String(sentence)));
  return HTTP_PROBLEMS.VALIDATION_FAILED({ detail: response.message.join('; '), errors });
}

function fieldError(sentence: string): FieldError {
  const [field = '', ...words] = sentence.split(' ');
  return { field, message: words.join(' ') };
}
