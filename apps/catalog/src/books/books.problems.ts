import { problemTable } from '@evernest/process-guard';

export const BOOK_PROBLEMS = problemTable({
  BOOK_NOT_FOUND: { status: 404, title: 'No such book' },
  BOOK_ISBN_TAKEN: { status: 409, title: 'Another book has this ISBN' },
  BOOK_HAS_COPIES: { status: 409, title: 'The book still has copies' },
});
