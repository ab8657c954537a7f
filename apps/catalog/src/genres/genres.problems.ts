import { problemTable } from '@evernest/process-guard';

export const GENRE_PROBLEMS = problemTable({
  GENRE_NOT_FOUND: { status: 404, title: 'No such genre' },
  GENRE_NAME_TAKEN: { status: 409, title: 'Another genre has this name' },
  GENRE_HAS_BOOKS: { status: 409, title: 'The genre still has books' },
});
