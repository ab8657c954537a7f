import { once } from 'node:events';
import { createServer } from 'node:net';

const given = new Set();

/** Never the same twice: the one before may not have been taken yet. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  if (given.has(port)) return freePort();
  given.add(port);
  return port;
}
