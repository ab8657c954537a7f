import { once } from 'node:events';
import { readFileSync } from 'node:fs';
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
    /** How many were let in. */
    connected: 0,
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
    // Who does not read is not told.
    if (!reads) for (const socket of abandoned(port, sockets)) socket.destroy();
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
      .on('connect', () => (clients.connected += 1))
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

/** Those whose other end no process has open any more: what the kernel keeps of them belongs to no file. */
function abandoned(port, sockets) {
  const held = new Set();
  for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1, -1)) {
    const [, local, remote, , , , , , , inode] = line.trim().split(/ +/);
    if (portOf(local) === port && inode !== '0') held.add(portOf(remote));
  }
  return [...sockets].filter(({ localPort }) => localPort !== undefined && !held.has(localPort));
}

/** `0100007F:1F90` is 127.0.0.1:8080. */
function portOf(address) {
  return Number.parseInt(address.split(':')[1], 16);
}
