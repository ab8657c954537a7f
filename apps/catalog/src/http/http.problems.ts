import { problemTable } from '@evernest/process-guard';

/** What any route may answer. */
export const REQUEST_PROBLEMS = problemTable({
  CURSOR_INVALID: { status: 400, title: 'The cursor does not belong to this query' },
  TOKEN_REQUIRED: { status: 401, title: 'A bearer token is required' },
  WRITES_DISABLED: { status: 403, title: 'Writes are switched off' },
  PRECONDITION_FAILED: { status: 412, title: 'The resource has changed' },
  REFERENCE_UNKNOWN: { status: 422, title: 'Something that is referred to does not exist' },
  DATABASE_BUSY: { status: 503, title: 'The database is busy' },
  DATABASE_UNAVAILABLE: { status: 503, title: 'The database is not available' },
});
