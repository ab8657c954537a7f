export const healthLive = {
  name: 'health-live',
  title: 'GET /health/live',
  requests: () => [{ path: '/health/live' }],
  // How much health there is to tell differs.
  comparable: ({ status }) => status,
};
