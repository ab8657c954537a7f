import { request } from 'node:http';
import { monotonicMs } from '../monotonic-ms.js';

const openedAt = Symbol('when a socket began to connect');

/**
 * One request and what became of it. Nothing is tried again: what a client would have seen is what counts.
 * @returns {Promise<{ fate: string, connection: { localPort: number, openedAt: number } | undefined }>} `answered`, or the status,
 *   the error's code, `cut off` or `too late`; and by which connection, if there was one
 */
export function ask({ port, path, agent, headers = {}, patienceMs }) {
  return new Promise((resolve) => {
    let connection;
    // Here, and not when there is a socket: a worker may have taken the connection before one is told of it.
    const askedAt = monotonicMs();
    const end = (fate) => {
      clearTimeout(patience);
      resolve({ fate, connection });
    };
    const asking = request({ host: '127.0.0.1', port, path, agent, headers }, (response) => {
      response.resume();
      response.on('error', () => undefined);
      response.on('close', () => end(fateOf(response)));
    });
    const patience = setTimeout(() => {
      end('too late');
      asking.destroy();
    }, patienceMs);
    asking.on('socket', (socket) => {
      const connected = () => (connection = { localPort: socket.localPort, openedAt: socket[openedAt] });
      socket[openedAt] ??= askedAt;
      if (socket.connecting) socket.once('connect', connected);
      else connected();
    });
    asking.on('error', (error) => end(error.code ?? error.message));
    asking.end();
  });
}

function fateOf({ complete, statusCode }) {
  if (!complete) return 'cut off';
  return statusCode < 400 ? 'answered' : String(statusCode);
}
