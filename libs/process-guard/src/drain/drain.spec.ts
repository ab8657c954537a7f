import dns from 'node:dns';
import { EventEmitter, once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { jest } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { Drain } from './drain.js';

const ADDRESSES = ['127.0.0.1', '127.0.0.2'];

// Other systems have only the first of them.
(process.platform === 'linux' ? describe : describe.skip)(
  'a drain where Fastify listens on each address of localhost',
  () => {
    let app: FastifyInstance;
    let drain: Drain;
    let clients: Socket[];
    const begun = new EventEmitter();
    beforeEach(async () => {
      resolveLocalhostTo(ADDRESSES);
      app = fastify();
      drain = new Drain({ timeoutMs: 0, unanswered: () => [], ended: () => 0 });
      drain.watch(app);
      app.get('/wait', () => {
        begun.emit('request');
        return new Promise(() => undefined);
      });
      await app.listen({ host: 'localhost', port: 0 });
      drain.noteListening();
      const { port } = app.server.address() as AddressInfo;
      clients = ADDRESSES.map((address) => connect(port, address));
      await Promise.all(clients.map(getAnswer));
    });
    afterEach(async () => {
      for (const client of clients) client.destroy();
      await app.close();
    });

    it('knows the clients of all of them', () => {
      expect(drain.connections).toBe(ADDRESSES.length);
    });

    it('ends them at its deadline, whatever they wait for', async () => {
      for (const client of clients) {
        const request = once(begun, 'request');
        client.write('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n');
        await request;
      }
      const closed = Promise.all(clients.map((client) => once(client, 'close')));
      await drain.run();
      await closed;
    });
  },
);

/** Once an answer is there, its server has taken the connection. */
async function getAnswer(client: Socket): Promise<void> {
  client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(client, 'data');
}

/** Not every machine has two of them. Node itself asks for one and gives no options, Fastify for all. */
function resolveLocalhostTo(addresses: readonly string[]): void {
  const lookup = (host: string, ...[options, callback]: [OnFound] | [object, OnFound]) => {
    if (callback)
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    else (options as OnFound)(null, host === 'localhost' ? addresses[0] : host, 4);
  };
  jest.spyOn(dns, 'lookup').mockImplementation(lookup as never);
}

type OnFound = (error: null, found: unknown, family?: number) => void;
