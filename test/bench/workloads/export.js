export const booksExport = {
  name: 'export',
  title: 'The whole catalogue as NDJSON, one after another',
  requests: () => [{ path: '/books/export?format=ndjson' }],
  comparable: ({ text }) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  connections: 1,
};
