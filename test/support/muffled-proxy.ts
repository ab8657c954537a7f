import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { Transform } from 'node:stream';

const NOTIFICATION = 'A'.charCodeAt(0);
/** The type of a message, and its length without that. */
const HEADER_BYTES = 5;

/** A pooler for PostgreSQL that does not pass announcements on to its clients, as PgBouncer between transactions. */
export async function startMuffledProxy(
  host: string,
  port: number,
): Promise<Server & { readonly port: number }> {
  const server = createServer((client) => {
    const upstream = connect(port, host);
    client.pipe(upstream).pipe(withoutNotifications()).pipe(client);
    client.on('error', () => undefined).on('close', () => upstream.destroy());
    upstream.on('error', () => undefined).on('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

function withoutNotifications(): Transform {
  let rest = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        if (rest.length < HEADER_BYTES) return done();
        const end = 1 + rest.readUInt32BE(1);
        if (rest.length < end) return done();
        if (rest[0] !== NOTIFICATION) this.push(rest.subarray(0, end));
        rest = rest.subarray(end);
      }
    },
  });
}
