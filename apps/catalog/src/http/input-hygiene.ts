import { HTTP_PROBLEMS } from '@evernest/process-guard';
import type { FastifyInstance } from 'fastify';
import { faultIn } from './plain-input.js';

/** Turns away, before any pipe or handler, input that no route can take. */
export function registerInputHygiene(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', async ({ params, query, body }) => {
    if (body !== undefined && !isPlainObject(body)) {
      throw HTTP_PROBLEMS.VALIDATION_FAILED({
        detail: 'The body must be a JSON object.',
        errors: [{ field: 'body', message: 'must be a JSON object' }],
      });
    }
    const fault = faultIn('path', params) ?? faultIn('query', query) ?? faultIn('body', body);
    if (fault) {
      throw HTTP_PROBLEMS.VALIDATION_FAILED({
        detail: `${fault.field} ${fault.message}.`,
        errors: [fault],
      });
    }
  });
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
