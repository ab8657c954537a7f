import { drawBookPaths } from './books.js';
import { randomFrom } from './random.js';

const BOOKS = 400;
const SEED = 304;

export const notModified = {
  name: 'books-not-modified',
  title: 'One book by id with its ETag in If-None-Match: 304, or 200 where a target has no ETags',
  /** Each target tags in its own way, so it is asked first. */
  async prepare({ ask, catalogue }) {
    const paths = new Set(drawBookPaths({ catalogue, random: randomFrom(SEED) }, BOOKS));
    const tagged = [];
    for (const path of paths) tagged.push({ path, etag: (await ask({ path })).headers.get('etag') });
    return { tagged };
  },
  requests: ({ prepared }) =>
    prepared.tagged.map(({ path, etag }) => ({ path, headers: etag ? { 'if-none-match': etag } : {} })),
  comparable: ({ status }) => (status === 304 ? 200 : status),
  expects: [200, 304],
};
