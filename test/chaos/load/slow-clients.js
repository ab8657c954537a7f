import { once } from 'node:events';
import { connect } from 'node:net';

const DRIP_EVERY_MS = 1_000;
/** So many at a time: a queue of the kernel holds no more than a few hundred that nobody has accepted. */
const OPENED_AT_ONCE = 100;

/**
 * Clients that hold a connection and never come to an end, each with one of its own.
 * @param {object} behaviour
 * @param {string} [behaviour.first] what each sends at once
 * @param {string} [behaviour.drip] what each sends every second
 * @param {boolean} [behaviour.reads] whether it takes what it is answered
 */
export async function openSlowClients(port, count, { first = '', drip = '', reads = true }) {
  const startedAt = Date.now();
  const sockets = new Set();
  const clients = {
    /** When the last was cut off, in ms after the first came. */
    lastCutOffMs: 0,
    get open() {
      return sockets.size;
    },
    close() {
      clearInterval(dripping);
      for (const socket of sockets) socket.destroy();
    },
  };
  const dripping = setInterval(() => {
    if (drip) for (const socket of sockets) socket.write(drip);
  }, DRIP_EVERY_MS);
  for (let opened = 0; opened < count; opened += OPENED_AT_ONCE) {
    const some = Array.from({ length: Math.min(OPENED_AT_ONCE, count - opened) }, open);
    await Promise.all(some.map((socket) => once(socket, 'connect').catch(() => undefined)));
  }
  return clients;

  function open() {
    const socket = connect(port, '127.0.0.1');
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .on('close', () => {
        sockets.delete(socket);
        clients.lastCutOffMs = Date.now() - startedAt;
      });
    socket.write(first);
    if (reads) socket.resume();
    return socket;
  }
}
