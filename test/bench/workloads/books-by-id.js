import { DRAWS, drawBookPaths } from './books.js';

export const booksById = {
  name: 'books-by-id',
  title: 'One book by id, read before, drawn by Zipf over all books',
  requests: (context) => drawBookPaths(context, DRAWS).map((path) => ({ path })),
  // A hot read: every book has been read before.
  leadIn: DRAWS,
};

export const booksByIdUncached = {
  name: 'books-by-id-uncached',
  title: 'The same with Cache-Control: no-cache, so that the service reads its database',
  requests: (context) =>
    drawBookPaths(context, DRAWS).map((path) => ({ path, headers: { 'cache-control': 'no-cache' } })),
};
