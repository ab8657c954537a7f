import { once } from 'node:events';
import { startLogCollector } from '../../../dist/libs/logging/src/udp/start-log-collector.js';

/** A collector whose socket holds a handful of datagrams. */
const [file] = process.argv.slice(2);
const collector = await startLogCollector({
  address: { host: '127.0.0.1', port: 0 },
  file,
  receiveBufferBytes: 4096,
  tell: (sentence) => process.stderr.write(`${sentence}\n`),
});
process.stderr.write(`Collecting log lines on 127.0.0.1:${collector.address.port}\n`);
await once(process, 'SIGTERM');
await collector.stop();
