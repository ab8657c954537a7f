import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';

/**
 * Preloaded into a process (`NODE_OPTIONS=--import`), it writes every route that Fastify registers there to the file `ROUTES`,
 * so that a test knows those of a real application, whoever adds them.
 */
subscribe('fastify.initialization', ({ fastify }) => {
  const routes = [];
  fastify.addHook('onRoute', ({ method, url, constraints }) => {
    for (const name of [method].flat()) {
      routes.push({ method: name, url, isDoorOnly: constraints?.serviceDoor === true });
    }
  });
  fastify.addHook('onListen', async () => writeFileSync(process.env.ROUTES, JSON.stringify(routes)));
});
