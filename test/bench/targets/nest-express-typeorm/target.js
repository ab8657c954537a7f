import { fileURLToPath } from 'node:url';
import { launchNode } from '../launch-node.js';

const MAIN = fileURLToPath(new URL('../../dist/targets/nest-express-typeorm/main.js', import.meta.url));

export const nestExpressTypeorm = {
  name: 'nest-express-typeorm',
  title: 'Nest on Express with TypeORM, Morgan and winston, as tutorials have it',
  launch: ({ port, databaseFile, folder, ...options }) =>
    launchNode({
      ...options,
      folder,
      args: [MAIN],
      env: { PORT: String(port), DATABASE_FILE: databaseFile, LOG_FOLDER: folder },
    }),
};
