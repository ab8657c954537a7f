import { DRAWS, drawBookPaths } from './books.js';

export const booksById = {
  name: 'books-by-id',
  title: 'One book by id, drawn by Zipf over all books',
  requests: (context) => drawBookPaths(context, DRAWS).map((path) => ({ path })),
};

export const booksByIdUncached = {
  name: 'books-by-id-uncached',
  title: 'The same with Cache-Control: no-cache, so that the service reads its database',
  requests: (context) =>
    drawBookPaths(context, DRAWS).map((path) => ({ path, headers: { 'cache-control': 'no-cache' } })),
};
