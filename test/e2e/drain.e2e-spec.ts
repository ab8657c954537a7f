import { once } from 'node:events';
import { connect } from 'node:net';
import { GuardedApp } from '../support/guarded-app.js';
import { KeepAliveClient } from '../support/keep-alive-client.js';

let app: GuardedApp;
let clients: KeepAliveClient[];

beforeEach(() => (clients = []));
afterEach(async () => {
  for (const client of clients) client.close();
  await app.dispose();
});

function newClient(): KeepAliveClient {
  const client = new KeepAliveClient(app.port);
  clients.push(client);
  return client;
}

describe('a worker that is told to stop', () => {
  it.each([
    ['SIGTERM', () => app.kill('SIGTERM')],
    ['SIGINT', () => app.kill('SIGINT')],
    ['shutdown', () => app.tell('shutdown')],
  ])('finishes the request in flight, closes its modules and exits 0: %s', async (who, stop) => {
    app = await GuardedApp.start();
    const answer = newClient().get('/slow?ms=60000');
    await app.said('slow has begun');
    stop();
    await connectionRefused(app.port);
    app.tell('finish');

    expect(await answer).toMatchObject({ status: 200, isComplete: true, headers: { connection: 'close' } });
    expect(await app.ended).toEqual({ exitCode: 0, signal: null });
    await app.said('resource closed');
    expect(app.lastWords()).toMatchObject({
      cause: 'asked',
      exitCode: 0,
      message: expect.stringContaining(who),
      evidence: { cutOff: 0 },
    });
  });

  it('answers what still comes on idle connections, and tells their clients to leave', async () => {
    app = await GuardedApp.start();
    const [busy, idle] = [newClient(), newClient()];
    expect((await idle.get('/quick')).headers.connection).toBe('keep-alive');
    const answer = busy.get('/slow?ms=60000');
    await app.said('slow has begun');
    app.kill('SIGTERM');
    await connectionRefused(app.port);

    expect(await idle.get('/quick')).toMatchObject({ status: 200, headers: { connection: 'close' } });
    app.tell('finish');
    await answer;
    expect(await app.ended).toEqual({ exitCode: 0, signal: null });
  });

  it('says Connection: close with answers of every kind', async () => {
    app = await GuardedApp.start();
    const paths = ['/quick', '/nowhere', '/%zz', '/health/live', '/health/ready'];
    const idle = await Promise.all(
      paths.map(async (path) => {
        const client = newClient();
        await client.get('/quick');
        return [path, client] as const;
      }),
    );
    const slow = newClient().get('/slow?ms=60000');
    await app.said('slow has begun');
    app.kill('SIGTERM');
    await connectionRefused(app.port);
    for (const [path, client] of idle) {
      expect([path, (await client.get(path)).headers.connection]).toEqual([path, 'close']);
    }
    app.tell('finish');
    await slow;
  });

  it('is at once neither live nor ready, and says why', async () => {
    app = await GuardedApp.start();
    const [live, ready] = [newClient(), newClient()];
    expect(JSON.parse((await live.get('/health/live')).body).details.processGuard).toMatchObject({
      status: 'up',
      verdict: 'healthy',
      reason: null,
      pid: app.process.pid,
      inFlight: 1,
    });
    expect((await ready.get('/health/ready')).status).toBe(200);
    const slow = newClient().get('/slow?ms=60000');
    await app.said('slow has begun');
    app.kill('SIGTERM');
    await connectionRefused(app.port);

    const answer = await ready.get('/health/ready');
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.body).error.processGuard).toMatchObject({
      status: 'down',
      verdict: 'draining',
      reason: 'Asked to stop by SIGTERM.',
    });
    expect((await live.get('/health/live')).status).toBe(503);
    app.tell('finish');
    await slow;
  });

  it('lets a stream come to its end', async () => {
    app = await GuardedApp.start();
    const answer = newClient().get('/stream?lines=1000');
    await app.said('the stream has begun');
    app.kill('SIGTERM');
    await connectionRefused(app.port);
    app.tell('go on');
    const { body, isComplete } = await answer;
    expect(isComplete).toBe(true);
    expect(body.split('\n')).toHaveLength(1001);
  });

  it('tells streams without an end to end', async () => {
    app = await GuardedApp.start();
    const events = newClient().get('/events');
    await newClient().get('/quick');
    app.kill('SIGTERM');
    expect(await events).toMatchObject({ status: 200, isComplete: true });
    for (const client of clients) client.close();
    expect(await app.ended).toEqual({ exitCode: 0, signal: null });
  });

  it('ends such a stream at once if it is asked for during the drain', async () => {
    app = await GuardedApp.start();
    const [idle, busy] = [newClient(), newClient()];
    await idle.get('/quick');
    const slow = busy.get('/slow?ms=60000');
    await app.said('slow has begun');
    app.kill('SIGTERM');
    await connectionRefused(app.port);
    expect(await idle.get('/events')).toMatchObject({ status: 200, isComplete: true });
    app.tell('finish');
    await slow;
  });

  it('answers every request of a pipeline', async () => {
    app = await GuardedApp.start();
    const socket = connect(app.port, '127.0.0.1').setEncoding('utf8');
    let answers = '';
    socket.on('data', (chunk) => (answers += String(chunk)));
    const one = 'GET /slow?ms=60000 HTTP/1.1\r\nHost: x\r\n\r\n';
    socket.write(one + one + one);
    await app.saidTimes('slow has begun', 3);
    app.kill('SIGTERM');
    await connectionRefused(app.port);
    app.tell('finish');
    await once(socket, 'close');
    expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(3);
    expect(await app.ended).toEqual({ exitCode: 0, signal: null });
  });

  it('does not count a request whose client left before it began', async () => {
    app = await GuardedApp.start({}, { SLOW_HOOK_MS: '100' });
    const socket = connect(app.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /quick HTTP/1.1\r\nHost: x\r\n\r\n');
    await app.said('the hook has begun');
    socket.destroy();
    await app.said('the hook is over');
    const { body } = await newClient().get('/health/live');
    expect(JSON.parse(body).details.processGuard.inFlight).toBe(1);
  });

  it('answers 503 to what is not done at the deadline, and cuts off what is half answered', async () => {
    app = await GuardedApp.start({ drainTimeoutMs: 300 });
    const slow = newClient().get('/slow?ms=60000', { 'x-request-id': 'ignored' });
    const half = newClient().get('/stream?lines=2');
    await app.said('slow has begun');
    await app.said('the stream has begun');
    const idle = newClient();
    await idle.get('/quick');
    app.kill('SIGTERM');

    const { status, headers, body } = await slow;
    expect(status).toBe(503);
    expect(headers).toMatchObject({ connection: 'close', 'retry-after': '1' });
    expect(JSON.parse(body)).toMatchObject({ code: 'SERVICE_UNAVAILABLE', status: 503 });
    expect((await half).isComplete).toBe(false);
    expect(await app.ended).toEqual({ exitCode: 0, signal: null });
    expect(app.lastWords()).toMatchObject({ cause: 'asked', evidence: { cutOff: 2 } });
  });

  it('is not hurried by a second signal', async () => {
    app = await GuardedApp.start();
    const answer = newClient().get('/slow?ms=60000');
    await app.said('slow has begun');
    app.kill('SIGTERM');
    await connectionRefused(app.port);
    app.kill('SIGINT');
    app.kill('SIGTERM');
    app.tell('shutdown');
    app.tell('finish');
    expect((await answer).status).toBe(200);
    expect(await app.ended).toEqual({ exitCode: 0, signal: null });
    expect(app.stdout.match(/stopping/g)).toHaveLength(1);
  });

  it('leaves although a module does not close', async () => {
    app = await GuardedApp.start({ drainTimeoutMs: 0 }, { HANG_AT_CLOSE: 'yes' });
    app.kill('SIGTERM');
    expect(await app.ended).toEqual({ exitCode: 0, signal: null });
    expect(app.stderr).toContain('the deadline has passed');
  });
});

describe('an application that is closed', () => {
  it('loses no request either, and tells health and streams', async () => {
    app = await GuardedApp.start();
    const [idle, events] = [newClient(), newClient()];
    await idle.get('/quick');
    const stream = events.get('/events');
    const slow = newClient().get('/slow?ms=60000');
    await app.said('slow has begun');
    app.tell('close');
    await connectionRefused(app.port);

    expect(JSON.parse((await idle.get('/health/ready')).body).error.processGuard).toMatchObject({
      verdict: 'draining',
      reason: 'The application is being closed.',
    });
    expect((await stream).isComplete).toBe(true);
    app.tell('finish');
    expect(await slow).toMatchObject({ status: 200, headers: { connection: 'close' } });
    for (const client of clients) client.close();
    await app.said('closed');
  });

  it.each([
    ['first', ['close', 'SIGTERM']],
    ['last', ['SIGTERM', 'close']],
  ])(
    'closes its modules once if a signal comes as well, and loses no request: closed %s',
    async (_when, ways) => {
      app = await GuardedApp.start();
      const slow = newClient().get('/slow?ms=60000');
      await app.said('slow has begun');
      for (const way of ways) {
        if (way === 'SIGTERM') app.kill(way);
        else app.tell(way);
      }
      await connectionRefused(app.port);
      app.tell('finish');
      expect((await slow).status).toBe(200);
      expect(await app.ended).toEqual({ exitCode: 0, signal: null });
      expect(app.count('resource closed')).toBe(1);
      expect(app.lastWords()).toMatchObject({ cause: 'asked', evidence: { cutOff: 0 } });
    },
  );
});

/** Resolves once the port takes no connection, as every new client would find it. */
async function connectionRefused(port: number): Promise<void> {
  for (;;) {
    const client = new KeepAliveClient(port);
    try {
      await client.get('/quick');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ECONNREFUSED') return;
      // It was in the queue of the socket that was closed, which no process can prevent.
      if (code !== 'ECONNRESET') throw error;
    } finally {
      client.close();
    }
  }
}
