import { jest } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { Alerts, type AlertsOptions } from './alerts.js';
import { Delivery } from './delivery.js';
import { Repeats } from './repeats.js';

const SECRET = 'T0P-SECRET';
const SOON = [1, 1, 1];

let server: Server;
let posts: { body: Record<string, unknown>; headers: IncomingMessage['headers'] }[];
/** What the webhook answers, one after the other; 200 when there is no more. 0 never answers. */
let answers: number[];
let lines: string[];
let alerts: Alerts | undefined;

beforeEach(async () => {
  posts = [];
  answers = [];
  lines = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts.push({ body: JSON.parse(Buffer.concat(chunks).toString()), headers: request.headers });
      const status = answers.shift() ?? 200;
      if (status !== 0) response.writeHead(status, { location: '/elsewhere' }).end();
      server.emit('posted');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  for (const level of ['log', 'warn', 'error'] as const) {
    jest
      .spyOn(Logger.prototype, level)
      .mockImplementation((line: unknown) => void lines.push(JSON.stringify(line)));
  }
});
afterEach(async () => {
  await alerts?.stop();
  alerts = undefined;
  server.closeAllConnections();
  server.close();
});

function start(options: Partial<AlertsOptions> = {}): Alerts {
  const { port } = server.address() as AddressInfo;
  const webhookUrl = `http://127.0.0.1:${port}/hooks/${SECRET}?token=${SECRET}`;
  alerts = new Alerts({ service: 'catalog', webhookUrl, retryDelaysMs: SOON, ...options });
  return alerts;
}

async function posted(count: number): Promise<void> {
  while (posts.length < count) await once(server, 'posted');
}

async function logged(text: string): Promise<void> {
  while (!lines.some((line) => line.includes(text))) await new Promise((resolve) => setImmediate(resolve));
}

describe('an alert', () => {
  it('is one line in the log and one POST', async () => {
    start({ now: () => 0 }).raise('fleet', 'Most workers look bad.', { bad: 3 });
    await posted(1);
    const body = {
      at: '1970-01-01T00:00:00.000Z',
      service: 'catalog',
      message: 'Most workers look bad.',
      key: 'fleet',
      detail: { bad: 3 },
    };
    expect(posts.map((post) => post.body)).toEqual([body]);
    expect(posts[0]?.headers['content-type']).toBe('application/json');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toEqual({ message: body.message, key: 'fleet', detail: { bad: 3 } });
  });

  it('is a line in the log where there is no webhook', () => {
    start({ webhookUrl: null }).raise('fleet', 'Most workers look bad.');
    expect(lines).toHaveLength(1);
  });

  it('takes any detail', async () => {
    const detail: Record<string, unknown> = { size: 1n, text: 'x'.repeat(1_000_000) };
    detail['self'] = detail;
    start().raise('odd', 'Odd.', detail);
    await posted(1);
    expect(JSON.stringify(posts[0]?.body).length).toBeLessThan(40_000);
  });

  it('is told once in ten minutes, and then how often it was raised meanwhile', async () => {
    let nowMs = 0;
    const { raise } = bound(start({ now: () => nowMs }));
    for (nowMs of [0, 1, 599_999]) raise('fleet', 'Bad.');
    raise('other', 'Other.');
    nowMs = 600_000;
    raise('fleet', 'Bad.');
    nowMs = 1_300_000;
    raise('fleet', 'Bad.');
    await posted(4);
    expect(posts.map(({ body }) => body['message'])).toEqual([
      'Bad.',
      'Other.',
      'Bad. (2 times more since it was last told)',
      'Bad.',
    ]);
    expect(lines).toHaveLength(4);
  });

  it('is told again when the clock was set back', () => {
    const repeats = new Repeats(1000);
    expect(repeats.pass('fleet', 5000)).toBe(0);
    expect(repeats.pass('fleet', 4999)).toBe(0);
  });

  it('forgets the oldest of a thousand keys', () => {
    const repeats = new Repeats(1000);
    for (let key = 0; key <= 1000; key += 1) repeats.pass(`key ${key}`, 0);
    expect(repeats.pass('key 1', 1)).toBeUndefined();
    expect(repeats.pass('key 0', 1)).toBe(0);
  });
});

describe('a webhook', () => {
  it('that fails is tried four times, then given up with one line, and the next alert is posted', async () => {
    answers = [500, 429, 404, 302];
    start().raise('one', 'One.');
    await logged('given up');
    expect(posts).toHaveLength(4);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('did not take an alert in 4 tries, which is given up: it answered 302');
    alerts!.raise('two', 'Two.');
    await posted(5);
    expect(posts[4]?.body['message']).toBe('Two.');
  });

  it('that recovers gets the alert, once', async () => {
    answers = [500, 500, 500];
    start().raise('one', 'One.');
    alerts!.raise('two', 'Two.');
    await posted(5);
    expect(posts.map(({ body }) => body['key'])).toEqual(['one', 'one', 'one', 'one', 'two']);
    expect(lines).toHaveLength(2);
  });

  it('that does not answer is not waited for longer than its time', async () => {
    answers = [0];
    start({ timeoutMs: 20, retryDelaysMs: [] }).raise('one', 'One.');
    await logged('no answer within 20 ms');
  });

  it('that redirects is not followed, and that is not there is given up', async () => {
    answers = [307];
    start({ retryDelaysMs: [] }).raise('one', 'One.');
    await logged('it answered 307');
    expect(posts).toHaveLength(1);
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    alerts!.raise('two', 'Two.');
    await logged('ECONNREFUSED');
  });

  it('is never named in the log', async () => {
    answers = [500];
    start({ retryDelaysMs: [] }).raise('one', 'One.');
    await logged('given up');
    const { port } = server.address() as AddressInfo;
    const withPassword = start({ webhookUrl: `http://me:${SECRET}@127.0.0.1:${port}/`, retryDelaysMs: [] });
    withPassword.raise('one', 'One.');
    await posted(2);
    expect(posts[1]?.headers.authorization).toBe(`Basic ${btoa(`me:${SECRET}`)}`);
    await withPassword.stop();
    for (const webhookUrl of [`${SECRET}://host`, `/${SECRET}`]) {
      expect(() => start({ webhookUrl })).toThrow(/^the address of the webhook is not a URL/);
    }
    expect(lines.join('\n')).not.toContain(SECRET);
  });

  it('has at most a hundred alerts waiting for it; the oldest are given up, with one line', async () => {
    answers = [0];
    start();
    for (let key = 0; key < 110; key += 1) alerts!.raise(`key ${key}`, 'Full.');
    await posted(1);
    expect(lines.filter((line) => line.includes('too many alerts wait'))).toHaveLength(1);
    await alerts!.stop();
    expect(lines.at(-1)).toContain('101 alerts were not delivered');
  });

  it('is left alone after stop(), which aborts what is under way', async () => {
    answers = [0];
    start().raise('one', 'One.');
    await posted(1);
    await alerts!.stop();
    alerts!.raise('two', 'Two.');
    expect(posts).toHaveLength(1);
    expect(lines.at(-1)).toContain('Two.');
  });
});

describe('between two tries', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('it waits longer each time, give or take a half, and stop() ends that at once', async () => {
    const post = jest.fn<() => Promise<void>>().mockRejectedValue(new Error('it answered 500'));
    const delivery = new Delivery({ post }, { retryDelaysMs: [1000, 5000, 25_000], maxWaiting: 100 });
    delivery.add({ at: '', service: '', message: '', key: '', detail: {} });
    await jest.advanceTimersByTimeAsync(499);
    expect(post).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1001);
    expect(post).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(7500);
    expect(post).toHaveBeenCalledTimes(3);
    await delivery.stop();
    expect(post).toHaveBeenCalledTimes(3);
    expect(jest.getTimerCount()).toBe(0);
  });
});

function bound(one: Alerts): Pick<Alerts, 'raise'> {
  return { raise: one.raise.bind(one) };
}
