import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { Agent, request as send, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { jest } from '@jest/globals';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { AdmissionQueue } from './admission-queue.js';
import type { Admission } from './load-shedder.js';
import { registerLoadShedding } from './register-load-shedding.js';

class FakeShedder {
  sheds = false;
  isBusy = false;
  mostQueued = Infinity;
  mostAtOnce = Infinity;
  mostWaitMs = Infinity;
  atOnce = 0;
  mostSeenAtOnce = 0;
  readonly asked: [inFlight: number, queued: number][] = [];
  judge(inFlight: number, queued: number): Admission {
    this.asked.push([inFlight, queued]);
    if (this.sheds || queued > this.mostQueued) return 'shed';
    return queued > 0 || this.isBusy ? 'queue' : 'begin';
  }
  roomInMs(): number {
    return this.atOnce < this.mostAtOnce ? 0 : 1;
  }
  judgeWaiting(waitedMs: number): boolean {
    return waitedMs > this.mostWaitMs;
  }
  noteBegin(): () => void {
    this.atOnce += 1;
    this.mostSeenAtOnce = Math.max(this.mostSeenAtOnce, this.atOnce);
    return () => void (this.atOnce -= 1);
  }
}

const context = new AsyncLocalStorage<string>();
let app: FastifyInstance;
let shedder: FakeShedder;
let reached: string[];
let waiting: () => FastifyReply[];

beforeEach(async () => {
  app = fastify();
  shedder = new FakeShedder();
  reached = [];
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('x-request-id', request.id);
    if (request.headers['leaves']) reply.raw.destroy();
    context.run(request.url, next);
  });
  waiting = registerLoadShedding(app, {
    shedder,
    clock: { lagMs: () => 0, nowMs: () => performance.now() },
    inFlight: () => 7,
    neverShed: ['/health', '/ops'],
    isUrgent: ({ headers }) => 'urgent' in headers,
  });
  app.addHook('onRequest', async ({ url }) => void reached.push(url));
  app.addHook('onSend', async (_request, reply) => void reply.header('context', context.getStore()));
  app.get('/*', async () => ({ context: context.getStore() }));
  app.post('/books', async ({ body }) => ({ body, context: context.getStore() }));
  await app.ready();
});
afterEach(() => app.close());

describe('a request that is too many', () => {
  beforeEach(() => {
    shedder.sheds = true;
  });

  it('is answered with a problem that tells when to come back, before anything is done for it', async () => {
    const reply = await app.inject('/books/7?token=secret');
    expect(reply.statusCode).toBe(503);
    expect(reply.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': expect.stringMatching(/^[123]$/),
      'x-request-id': expect.stringMatching(/^req-/),
    });
    expect(reply.json()).toEqual({
      type: 'urn:evernest:problem:OVERLOADED',
      title: 'The service is overloaded',
      status: 503,
      detail: `The worker has more to do than it can, and has not begun the request. Send it again in ${String(reply.headers['retry-after'])} s.`,
      instance: '/books/7',
      code: 'OVERLOADED',
      requestId: reply.headers['x-request-id'],
    });
    expect(reached).toEqual([]);
  });

  it('is told to come back in one, two or three seconds', async () => {
    const random = jest.spyOn(Math, 'random');
    const told: unknown[] = [];
    for (const value of [0, 0.34, 0.99]) {
      random.mockReturnValue(value);
      told.push((await app.inject('/books')).headers['retry-after']);
    }
    expect(told).toEqual(['1', '2', '3']);
  });

  it('is reported to the queue, and so are new connections', async () => {
    const noteShed = jest.spyOn(AdmissionQueue.prototype, 'noteShed');
    const noteConnection = jest.spyOn(AdmissionQueue.prototype, 'noteConnection');
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    await fetch(origin, { headers: { connection: 'close' } });
    expect([noteShed.mock.calls.length, noteConnection.mock.calls.length]).toEqual([1, 1]);
  });

  it('need not exist', async () => {
    expect((await app.inject({ method: 'PUT', url: '/nowhere' })).statusCode).toBe(503);
  });

  it('keeps its connection, also when it has a body that nobody reads', async () => {
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    let connections = 0;
    app.server.on('connection', () => {
      connections += 1;
    });
    const agent = new Agent({ keepAlive: true });
    for (let time = 0; time < 3; time += 1) expect(await upload(`${origin}/books`, agent)).toBe(503);
    agent.destroy();
    expect(connections).toBe(1);
  });

  it.each(['/health', '/health/live', '/health?full', '/ops/metrics'])(
    'is served if it is for %s',
    async (url) => {
      expect((await app.inject(url)).statusCode).toBe(200);
      expect(shedder.asked).toEqual([]);
    },
  );
});

describe('a request that is urgent', () => {
  it('is served whatever the load and whatever it asks for', async () => {
    shedder.sheds = true;
    expect((await app.inject({ url: '/books', headers: { urgent: 'yes' } })).statusCode).toBe(200);
    expect(shedder.asked).toEqual([]);
  });
});

describe('a request that is let in', () => {
  it('is begun at once while the loop has room', async () => {
    expect((await app.inject('/books')).json()).toEqual({ context: '/books' });
    expect(shedder.asked).toEqual([[7, 0]]);
  });

  it('is begun in a later turn of a busy loop, behind those who came before', async () => {
    shedder.isBusy = true;
    const replies = await Promise.all(['/1', '/2', '/3'].map((url) => app.inject(url)));
    expect(shedder.asked).toEqual([
      [7, 0],
      [7, 1],
      [7, 2],
    ]);
    expect(reached).toEqual(['/1', '/2', '/3']);
    expect(replies.map((reply) => reply.json())).toEqual([
      { context: '/1' },
      { context: '/2' },
      { context: '/3' },
    ]);
  });

  it('is begun when those before it are answered, if the loop has no room for more', async () => {
    Object.assign(shedder, { isBusy: true, mostAtOnce: 2 });
    const replies = await Promise.all(['/1', '/2', '/3', '/4', '/5'].map((url) => app.inject(url)));
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
    expect(shedder.mostSeenAtOnce).toBe(2);
    expect(shedder.atOnce).toBe(0);
  });

  it('does not wait for room if it is for health', async () => {
    Object.assign(shedder, { isBusy: true, mostAtOnce: 0 });
    const waits = app.inject('/1');
    expect((await app.inject('/health')).statusCode).toBe(200);
    expect(reached).toEqual(['/health']);
    shedder.mostAtOnce = 1;
    expect((await waits).statusCode).toBe(200);
  });

  it('takes the place of whoever has waited longest if not all can be served', async () => {
    Object.assign(shedder, { isBusy: true, mostQueued: 2 });
    const replies = await Promise.all(['/1', '/2', '/3', '/4', '/5'].map((url) => app.inject(url)));
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([503, 503, 200, 200, 200]);
    expect(reached).toEqual(['/3', '/4', '/5']);
  });

  it('is turned away in its own context, whoever takes its place', async () => {
    Object.assign(shedder, { isBusy: true, mostQueued: 0 });
    const replies = await Promise.all(['/1', '/2'].map((url) => app.inject(url)));
    expect(replies.map(({ headers }) => headers['context'])).toEqual(['/1', '/2']);
  });

  it('is turned away in its own context if it has waited too long', async () => {
    Object.assign(shedder, { isBusy: true, mostAtOnce: 0, mostWaitMs: 20 });
    const reply = await app.inject('/1');
    expect([reply.statusCode, reply.headers['context'], reached]).toEqual([503, '/1', []]);
  });

  it('does not wait behind others if it is for health', async () => {
    shedder.isBusy = true;
    await Promise.all([app.inject('/1'), app.inject('/health')]);
    expect(reached).toEqual(['/health', '/1']);
  });

  it('is known while it waits, and not begun any more once it was answered', async () => {
    Object.assign(shedder, { isBusy: true, mostAtOnce: 0 });
    const [answered, begun] = [app.inject('/1'), app.inject('/2')];
    await app.inject('/health');
    expect(waiting().map(({ request }) => request.url)).toEqual(['/1', '/2']);
    const first = waiting()[0]?.raw.writeHead(503);
    shedder.mostAtOnce = 1;
    expect((await begun).statusCode).toBe(200);
    expect([reached, waiting()]).toEqual([['/health', '/2'], []]);
    first?.end();
    expect((await answered).statusCode).toBe(503);
  });

  it('is not begun if its client has left while it waited', async () => {
    shedder.isBusy = true;
    await expect(app.inject({ url: '/gone', headers: { leaves: 'yes' } })).rejects.toMatchObject({
      message: 'response destroyed before completion',
    });
    await app.inject('/next');
    expect(reached).toEqual(['/next']);
  });

  it('keeps its body while it waits', async () => {
    shedder.isBusy = true;
    const reply = await app.inject({ method: 'POST', url: '/books', payload: { title: 'Emma' } });
    expect(reply.json()).toEqual({ body: { title: 'Emma' }, context: '/books' });
  });
});

/** Sends 1 MB. @returns the status, once the answer is read and the connection free again */
async function upload(url: string, agent: Agent): Promise<number | undefined> {
  const sent = send(url, { agent, method: 'POST' });
  sent.end('x'.repeat(1_000_000));
  const [reply]: IncomingMessage[] = await once(sent, 'response');
  await Promise.all([buffer(reply!), once(sent, 'close')]);
  return reply!.statusCode;
}
