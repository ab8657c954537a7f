import { HTTP_PROBLEMS } from '@evernest/process-guard';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { faultIn } from './plain-input.js';

/** Turns away, before any pipe or handler, input that no route can take. */
export function registerInputHygiene(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, _reply, done) => done(problemOf(request)));
}

function problemOf({ params, query, body }: FastifyRequest): Error | undefined {
  if (body !== undefined && !isPlainObject(body)) {
    return HTTP_PROBLEMS.VALIDATION_FAILED({
      detail: 'The body must be a JSON object.',
      errors: [{ field: 'body', message: 'must be a JSON object' }],
    });
  }
  const fault = faultIn('path', params) ?? faultIn('query', query) ?? faultIn('body', body);
  if (!fault) return undefined;
  return HTTP_PROBLEMS.VALIDATION_FAILED({
    detail: `${fault.field} ${fault.message}.`,
    errors: [fault],
  });
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
