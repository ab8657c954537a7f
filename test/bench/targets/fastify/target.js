import { fileURLToPath } from 'node:url';
import { launchNode } from '../launch-node.js';

const SERVER = fileURLToPath(new URL('server.js', import.meta.url));

export const fastify = {
  name: 'fastify',
  title: 'Fastify with schemas, the same prepared statements',
  launch: ({ port, databaseFile, ...options }) =>
    launchNode({ ...options, args: [SERVER], env: { PORT: String(port), DATABASE_FILE: databaseFile } }),
};
