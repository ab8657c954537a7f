import { problemTable } from './problem-table.js';

/** What the server itself answers before, or instead of, a feature. */
export const HTTP_PROBLEMS = problemTable({
  MALFORMED_REQUEST: { status: 400, title: 'The request is not valid HTTP' },
  MALFORMED_URL: { status: 400, title: 'The URL is not valid' },
  MALFORMED_JSON: { status: 400, title: 'The body is not valid JSON' },
  EMPTY_BODY: { status: 400, title: 'The body is empty' },
  VALIDATION_FAILED: { status: 400, title: 'The request is not valid' },
  ROUTE_NOT_FOUND: { status: 404, title: 'Nothing is served here' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The method is not allowed here' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request took too long to arrive' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  URL_TOO_LONG: { status: 414, title: 'The URL is too long' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The media type of the body is not supported' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The headers are too large' },
  INTERNAL_ERROR: { status: 500, title: 'The server failed' },
  OVERLOADED: { status: 503, title: 'The service is overloaded' },
  SERVICE_UNAVAILABLE: { status: 503, title: 'The service is not available' },
});
