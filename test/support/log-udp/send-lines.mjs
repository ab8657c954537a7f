import { setImmediate as nextTurn } from 'node:timers/promises';
import { UdpSender } from '../../../dist/libs/logging/src/udp/udp-sender.js';

/** Sends lines as its parent orders, and tells its figures after each order. */
const [port, worker] = process.argv.slice(2).map(Number);
const sender = new UdpSender({ address: { host: '127.0.0.1', port }, worker, tell: () => {} });

process.on('message', (order) => void carryOut(order));

async function carryOut({ lines, burst }) {
  if (lines === 0) await sender.close();
  else await send(lines, burst);
  process.send({ id: sender.id, ...sender.figures() });
  if (lines === 0) process.disconnect();
}

async function send(lines, burst) {
  for (let left = lines; left > 0; left -= burst) {
    for (let count = Math.min(left, burst); count > 0; count -= 1) sender.send(line());
    await nextTurn();
  }
}

function line() {
  return JSON.stringify({
    time: new Date().toISOString(),
    level: 'info',
    context: 'BooksService',
    message: `line ${sender.figures().lines + 1}, of a usual length`,
    requestId: '3f2b1c9e-0d1a-4a5b-9c1d-2e3f4a5b6c7d',
    pid: process.pid,
    worker,
  });
}
