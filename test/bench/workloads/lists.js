const DEEP_PAGE = 300;
const SEARCHES = [
  'moby',
  'love letters',
  'history of england',
  'shakespeare',
  'war and peace',
  'jules verne',
  'poems',
];
/** What it was before is in the cursor, and cursors are each target's own. */
const withoutCursor = ({ items, nextCursor }) => ({ items, hasNext: nextCursor !== null });

export const firstPage = {
  name: 'books-first-page',
  title: 'The first page of all books, 20 of them',
  requests: () => [{ path: '/books' }],
  leadIn: 1,
  comparable: ({ json }) => withoutCursor(json),
};

export const firstPageUncached = {
  name: 'books-first-page-uncached',
  title: 'The same with Cache-Control: no-cache',
  requests: () => [{ path: '/books', headers: { 'cache-control': 'no-cache' } }],
  comparable: ({ json }) => withoutCursor(json),
};

export const deepPage = {
  name: 'books-deep-page',
  title: `Page ${DEEP_PAGE} of all books, with Cache-Control: no-cache`,
  /** Cursors cannot be guessed, so the pages before are read once. */
  async prepare({ ask }) {
    let path = '/books';
    for (let page = 1; page < DEEP_PAGE; page += 1) {
      const { json } = await ask({ path });
      path = `/books?cursor=${encodeURIComponent(json.nextCursor)}`;
    }
    return { path };
  },
  requests: ({ prepared }) => [{ path: prepared.path, headers: { 'cache-control': 'no-cache' } }],
  comparable: ({ json }) => withoutCursor(json),
};

export const search = {
  name: 'books-search',
  title: `Full-text searches: ${SEARCHES.join(', ')}`,
  requests: () => SEARCHES.map(searchPath).map((path) => ({ path })),
  leadIn: SEARCHES.length,
  comparable: ({ json }) => withoutCursor(json),
};

export const searchUncached = {
  name: 'books-search-uncached',
  title: 'The same with Cache-Control: no-cache',
  requests: () =>
    SEARCHES.map(searchPath).map((path) => ({ path, headers: { 'cache-control': 'no-cache' } })),
  comparable: ({ json }) => withoutCursor(json),
};

function searchPath(words) {
  return `/books?search=${encodeURIComponent(words)}`;
}
