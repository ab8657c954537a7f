import { problemTable } from '@evernest/process-guard';

export const AUTHOR_PROBLEMS = problemTable({
  AUTHOR_NOT_FOUND: { status: 404, title: 'No such author' },
  AUTHOR_EXISTS: { status: 409, title: 'This author exists already' },
  AUTHOR_HAS_BOOKS: { status: 409, title: 'The author still has books' },
});
