import { HTTP_PROBLEMS } from './http-problems.js';
import type { Problem } from './problem.js';

/** An error of Fastify's own, which has a code that is stable where its message is not. */
interface FastifyFailure {
  readonly code: string;
  readonly statusCode?: number;
  readonly message: string;
}

const BY_CODE = new Map<string, (failure: FastifyFailure) => Problem>([
  [
    'FST_ERR_CTP_BODY_TOO_LARGE',
    () => HTTP_PROBLEMS.BODY_TOO_LARGE({ detail: 'The body is larger than this service accepts.' }),
  ],
  [
    'FST_ERR_CTP_INVALID_MEDIA_TYPE',
    () =>
      HTTP_PROBLEMS.UNSUPPORTED_MEDIA_TYPE({
        detail: 'The Content-Type of the body is missing, malformed or not supported. Try application/json.',
      }),
  ],
  [
    'FST_ERR_CTP_EMPTY_JSON_BODY',
    () =>
      HTTP_PROBLEMS.EMPTY_BODY({
        detail: 'The Content-Type promises JSON, but the body is empty.',
        errors: [{ field: 'body', message: 'must not be empty' }],
      }),
  ],
  [
    'FST_ERR_CTP_INVALID_JSON_BODY',
    () =>
      HTTP_PROBLEMS.MALFORMED_JSON({
        detail:
          'The body is not JSON, or uses one of the forbidden keys __proto__ and constructor.prototype.',
        errors: [{ field: 'body', message: 'must be valid JSON without forbidden keys' }],
      }),
  ],
  [
    'FST_ERR_CTP_INVALID_CONTENT_LENGTH',
    () => HTTP_PROBLEMS.MALFORMED_REQUEST({ detail: 'The body is not as long as Content-Length says.' }),
  ],
  [
    'FST_ERR_BAD_URL',
    () =>
      HTTP_PROBLEMS.MALFORMED_URL({ detail: 'The path has a % that does not begin a valid UTF-8 escape.' }),
  ],
  [
    'FST_ERR_MAX_PARAM_LENGTH',
    () =>
      HTTP_PROBLEMS.URL_TOO_LONG({ detail: 'A segment of the path is longer than this service accepts.' }),
  ],
  ['FST_ERR_VALIDATION', ({ message }) => HTTP_PROBLEMS.VALIDATION_FAILED({ detail: message })],
]);

/** The problem for an error of Fastify's own, if it is one of those that a caller can cause. */
export function fastifyProblem(error: unknown): Problem | undefined {
  return isFastifyFailure(error) ? BY_CODE.get(error.code)?.(error) : undefined;
}

/** Other errors carry a status too, such as that of an upstream's answer; only Fastify's is about our answer. */
export function isFastifyFailure(error: unknown): error is Error & FastifyFailure {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('FST_');
}
