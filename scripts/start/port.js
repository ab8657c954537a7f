import { once } from 'node:events';
import { createServer } from 'node:net';
import { failure } from '../failure.js';
import { get } from './get.js';
import { serviceUrl } from './urls.js';

/** @throws Failure when the service could not listen there, with the likely holder of a port that is taken. */
export async function checkPort({ host, port }, variables = { host: 'HOST', port: 'PORT' }) {
  const server = createServer();
  try {
    server.listen({ host, port });
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
  } catch (error) {
    throw failure(await describe(error, { host, port }, variables), error);
  }
}

async function describe({ code, message }, { host, port }, variables) {
  switch (code) {
    case 'EADDRINUSE':
      return (await isEvernest({ host, port }))
        ? `An Evernest is already running on port ${port} of ${host}: stop it, or set ${variables.port} to another one.`
        : `Port ${port} of ${host} is taken by another program: stop it, or set ${variables.port} to another one.`;
    case 'EACCES':
      return `No right to listen on port ${port} of ${host}: set ${variables.port} to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}: set ${variables.host} to one of its own.`;
    default:
      return `Cannot listen on port ${port} of ${host}: ${message}.`;
  }
}

/** Told by the shape of its health report. */
async function isEvernest(address) {
  try {
    const { body } = await get(serviceUrl(address, '/health/live'));
    return typeof JSON.parse(body).details === 'object';
  } catch {
    return false;
  }
}
