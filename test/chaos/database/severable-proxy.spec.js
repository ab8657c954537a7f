import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { SeverableProxy } from '../../support/severable-proxy.js';

let echo;
let proxy;
let sockets;
beforeEach(async () => {
  sockets = [];
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = new SeverableProxy('127.0.0.1', echo.address().port);
  await proxy.start();
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await proxy.refuse();
  echo.close();
});

async function client() {
  const socket = connect(proxy.port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

async function answerTo(socket, text) {
  socket.write(text);
  const [answer] = await once(socket, 'data');
  return String(answer);
}

/** Tells what a client hears, from now on. */
function heardBy(socket) {
  const heard = [];
  for (const event of ['data', 'end', 'close']) socket.on(event, () => heard.push(event));
  return heard;
}

/** Several times past the proxy and back: what anybody was to hear, they have heard after that. */
async function someRoundTrips() {
  const socket = connect(echo.address().port, '127.0.0.1');
  sockets.push(socket);
  for (let trip = 0; trip < 10; trip += 1) await answerTo(socket, 'hello');
}

describe('a proxy that can sever', () => {
  it('forwards both ways, and the end of a connection too', async () => {
    const socket = await client();
    expect(await answerTo(socket, 'hello')).toBe('hello');
    socket.end();
    await once(socket, 'close');
  });

  it('ends all connections and takes no new ones while it refuses', async () => {
    const socket = await client();
    await answerTo(socket, 'hello');
    const closed = once(socket, 'close');
    await proxy.refuse();
    await closed;
    await expect(client()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('ends connections and takes others, which hear nothing, once it is mute', async () => {
    const before = await client();
    await answerTo(before, 'hello');
    const closed = once(before, 'close');
    await proxy.mute();
    await closed;
    const heard = heardBy(await client());
    sockets.at(-1).end('hello');
    await someRoundTrips();
    expect(heard).toEqual([]);
  });

  it('keeps connections that hear nothing, not even of their end, while it is silent', async () => {
    const socket = await client();
    await answerTo(socket, 'hello');
    proxy.silence();
    const heard = heardBy(socket);
    socket.end('hello');
    await someRoundTrips();
    expect(heard).toEqual([]);
  });

  it('does not tell clients that the server has ended a connection while it is silent', async () => {
    const accepted = once(echo, 'connection');
    const socket = await client();
    await answerTo(socket, 'hello');
    proxy.silence();
    const heard = heardBy(socket);
    const [served] = await accepted;
    served.end('goodbye');
    await someRoundTrips();
    expect(heard).toEqual([]);
  });

  it('is as if nothing had been once it starts again', async () => {
    const before = await client();
    await answerTo(before, 'hello');
    proxy.silence();
    const closed = once(before, 'close');
    await proxy.start();
    await closed;
    expect(await answerTo(await client(), 'again')).toBe('again');
  });

  it('counts the connections that clients have at a time while it is silent', async () => {
    const first = await client();
    await answerTo(first, 'hello');
    proxy.silence();
    expect(proxy.mostHeld).toBe(1);
    const three = [first, await client(), await client()];
    await someRoundTrips();
    expect(proxy.mostHeld).toBe(3);
    for (const socket of three) await new Promise((resolve) => socket.end('hello', resolve));
    await Promise.all([client(), client(), client(), client()]);
    await someRoundTrips();
    expect(proxy.mostHeld).toBe(4);
  });
});
