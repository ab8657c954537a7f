import { subscribe } from 'node:diagnostics_channel';
import { openSync, writeSync } from 'node:fs';
import { monotonicMs } from '../monotonic-ms.js';

/** Writes down which worker has a client's connection: `<pid> <port of the client> <time>`. One short line is appended whole. */
export function tellConnections(file) {
  // Kept open: there may be no descriptor left when it is needed.
  const log = openSync(file, 'a');
  subscribe('net.server.socket', ({ socket }) => {
    if (socket.remotePort) writeSync(log, `${process.pid} ${socket.remotePort} ${monotonicMs()}\n`);
  });
}
