import { fileURLToPath } from 'node:url';
import { launchNode } from '../launch-node.js';

const SERVER = fileURLToPath(new URL('server.js', import.meta.url));

export const nodeHttp = {
  name: 'node-http',
  title: 'node:http and prepared statements, nothing else',
  launch: ({ port, databaseFile, ...options }) =>
    launchNode({ ...options, args: [SERVER], env: { PORT: String(port), DATABASE_FILE: databaseFile } }),
};
