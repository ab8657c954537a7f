import { fileURLToPath } from 'node:url';
import { launchNode } from '../launch-node.js';

const MAIN = fileURLToPath(new URL('../../dist/targets/nest-fastify/main.js', import.meta.url));

export const nestFastify = {
  name: 'nest-fastify',
  title: 'Nest on Fastify with a ValidationPipe, the same prepared statements',
  launch: ({ port, databaseFile, ...options }) =>
    launchNode({ ...options, args: [MAIN], env: { PORT: String(port), DATABASE_FILE: databaseFile } }),
};
