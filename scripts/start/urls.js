import { join } from 'node:path';

/** Where a program on this machine reaches the service, also when it listens on every address. */
export function serviceUrl({ host, port }, path) {
  const name =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}${path}`;
}

export function describeService(settings) {
  return `
Evernest is running with ${settings.workers} workers.

  Catalogue  ${serviceUrl(settings, '/')}
  Search     ${serviceUrl(settings, '/books?search=moby')}
  API        ${serviceUrl(settings, '/docs')}
  Health     ${serviceUrl(settings, '/health')}
  Supervisor ${serviceUrl({ host: settings.opsHost, port: settings.opsPort }, '/health')}   npm run ops -- workers
  Logs       ${join(settings.stateDir, 'log')}   npm run ops -- logs -f

Ctrl-C drains and stops it.`;
}
