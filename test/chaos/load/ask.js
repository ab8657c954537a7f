import { request } from 'node:http';

/**
 * One request and what became of it. Nothing is tried again: what a client would have seen is what counts.
 * @returns {Promise<{ fate: string, localPort: number | undefined }>} `answered`, or the status, the error's code, `cut off` or `too late`
 */
export function ask({ port, path, agent, headers = {}, patienceMs }) {
  return new Promise((resolve) => {
    let localPort;
    const end = (fate) => {
      clearTimeout(patience);
      resolve({ fate, localPort });
    };
    const asking = request({ host: '127.0.0.1', port, path, agent, headers }, (response) => {
      localPort ??= response.socket.localPort;
      response.resume();
      response.on('error', () => undefined);
      response.on('close', () => end(fateOf(response)));
    });
    const patience = setTimeout(() => {
      end('too late');
      asking.destroy();
    }, patienceMs);
    asking.on('socket', (socket) => {
      if (!socket.connecting) localPort = socket.localPort;
      else socket.once('connect', () => (localPort = socket.localPort));
    });
    asking.on('error', (error) => end(error.code ?? error.message));
    asking.end();
  });
}

function fateOf({ complete, statusCode }) {
  if (!complete) return 'cut off';
  return statusCode < 400 ? 'answered' : String(statusCode);
}
