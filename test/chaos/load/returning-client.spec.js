import { once } from 'node:events';
import { createServer } from 'node:http';
import { startReturningClient } from './returning-client.js';

let server;
afterEach(() => server.close());

/** Answers each request as `answer` has it, which is told how many there were before. @returns the port */
async function serve(answer) {
  let requests = 0;
  server = createServer((_request, response) => answer(response, requests++));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server.address().port;
}

const fates = async ({ answers }) => (await answers).map(({ fate }) => fate);

it('asks again on its connection until it is told that it is closed', async () => {
  let connections = 0;
  const port = await serve((response, before) => {
    if (before === 2) response.setHeader('connection', 'close');
    response.end();
  });
  server.on('connection', () => (connections += 1));
  expect(await fates(startReturningClient(port, 'wait'))).toEqual(['200', '200', '200']);
  expect(connections).toBe(1);
});

it('asks no more after a request that got no answer', async () => {
  const port = await serve((response, before) => (before === 0 ? response.end() : response.destroy()));
  expect(await fates(startReturningClient(port, 'wait'))).toEqual(['200', 'ECONNRESET']);
});

it('asks no more once it is to leave, and takes the answer that it waits for', async () => {
  const port = await serve((response) => {
    client.leave();
    response.end();
  });
  const client = startReturningClient(port, 'wait');
  expect(await fates(client)).toEqual(['200']);
});
