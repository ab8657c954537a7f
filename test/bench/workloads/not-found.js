export const notFound = {
  name: 'not-found',
  title: 'A book that does not exist: 404',
  requests: () => [{ path: '/books/999999999' }],
  // What an error looks like is each target's own.
  comparable: ({ status }) => status,
  expects: [404],
};
