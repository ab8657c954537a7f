import { request } from 'node:http';
import { monotonicMs } from '../monotonic-ms.js';

/** Past every cache: it has to come to a handler. */
const PATH = '/books/2';
const PATIENCE_MS = 20_000;

/** A request that brings a fault with it, on a connection of its own if no agent has one for it. */
export function poison(port, order, agent = false) {
  const openedAt = monotonicMs();
  const asking = request({
    host: '127.0.0.1',
    port,
    path: PATH,
    agent,
    headers: { 'x-chaos': order, 'cache-control': 'no-cache' },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const connection = new Promise((resolve, reject) => {
    asking.once('error', reject);
    asking.once('socket', (socket) =>
      socket.once('connect', () => resolve({ localPort: socket.localPort, openedAt })),
    );
  });
  const answer = new Promise((resolve) => {
    asking.once('error', ({ code, message }) => resolve({ fate: code ?? message }));
    asking.once('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => (body += text));
      response.on('error', () => undefined);
      response.on('close', () => {
        const { statusCode: status, headers, complete } = response;
        resolve({ fate: complete ? String(status) : 'cut off', status, headers, body });
      });
    });
  });
  asking.end();
  return { connection, answer };
}
