import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';

/** Writes down which worker has a client's connection: `<pid> <port of the client> <time>`. One short line is appended whole. */
export function tellConnections(file) {
  subscribe('net.server.socket', ({ socket }) => {
    if (socket.remotePort) appendFileSync(file, `${process.pid} ${socket.remotePort} ${Date.now()}\n`);
  });
}
