import { request, type IncomingMessage } from 'node:http';
import { decisionOf } from '../../../../test/support/operations-in-memory.js';
import { OPS_TOKEN, startOpsApi, type OpsApi } from '../../../../test/support/ops-api.js';

function pieces({ body }: Response): AsyncIterator<string> & AsyncIterable<string> {
  if (!body) throw new Error('there is nothing to read');
  return body.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
}

/** Follows the events until it has seen the words. */
async function readUntil(response: Response, words: string): Promise<string> {
  let text = '';
  for await (const piece of pieces(response)) {
    text += piece;
    if (text.includes(words)) break;
  }
  return text;
}

const idBefore = (text: string, words: string) =>
  [...text.slice(0, text.indexOf(words)).matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? '';

describe('GET /events', () => {
  let api: OpsApi;
  let isStopped: boolean;
  const alarm = (message: string) => api.events.publish({ type: 'alarm', data: { message } });
  const stop = async () => {
    isStopped = true;
    await api.stop();
  };

  beforeEach(async () => {
    isStopped = false;
    api = await startOpsApi();
  });

  afterEach(async () => {
    if (!isStopped) await stop();
  });

  it('tells what happens, as server-sent events', async () => {
    const response = await api.fetch('/events');
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    const decision = decisionOf(1, { reason: 'two\nlines' });
    api.events.publish({ type: 'decision', data: decision });
    const text = await readUntil(response, 'two');
    expect(text).toMatch(/^retry: 2000\nid: \w+-0\n\n/);
    expect(text).toContain(
      `event: decision\nid: ${api.events.idOfNewest}\ndata: ${JSON.stringify(decision)}\n\n`,
    );
  });

  it('goes on behind the last event that a client got', async () => {
    const first = await api.fetch('/events');
    for (const message of ['one', 'two', 'three']) alarm(message);
    const seen = await readUntil(first, 'three');
    alarm('four');
    const second = await api.fetch('/events', {
      headers: { 'last-event-id': idBefore(seen, '"two"') },
    });
    const text = await readUntil(second, 'four');
    expect([...text.matchAll(/"message":"(\w+)"/g)].map(([, message]) => message)).toEqual(['three', 'four']);
    expect(text).not.toContain('event: reset');
  });

  it('tells a client whose last event is gone to begin anew', async () => {
    const response = await api.fetch('/events', { headers: { 'last-event-id': 'of-another-start' } });
    expect(await readUntil(response, 'data:')).toMatch(/^event: reset\n/);
  });

  it('forgets a client that leaves', async () => {
    const leave = new AbortController();
    await api.fetch('/events', { signal: leave.signal });
    expect(api.events.clients).toBe(1);
    leave.abort();
    await gone(api);
  });

  it('drops a client that reads nothing, and goes on for the others', async () => {
    const slow = await stalled(api);
    const other = pieces(await api.fetch('/events'));
    let published = 0;
    let seen = 0;
    // What the kernel takes does not wait here: it takes some megabytes.
    while (api.events.clients === 2 && published < 100_000_000) {
      alarm('x'.repeat(100_000));
      published += 100_000;
      while (seen < published) seen += (await other.next()).value?.length ?? 0;
    }
    expect(api.events.clients).toBe(1);
    expect(published).toBeLessThan(100_000_000);
    slow.destroy();
    await other.return?.();
  });

  it('has nothing to say to HEAD', async () => {
    const response = await api.fetch('/events', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(api.events.clients).toBe(0);
  });

  it('ends when the application is closed, after what was said last', async () => {
    const response = await api.fetch('/events');
    alarm('last words');
    const [text] = await Promise.all([response.text(), stop()]);
    expect(text).toContain('last words');
    expect(api.events.clients).toBe(0);
  });
});

/** Waits until no client is left. */
async function gone(api: OpsApi): Promise<void> {
  while (api.events.clients > 0) await new Promise(setImmediate);
}

/** A client that never reads. */
function stalled({ url }: OpsApi): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(`${url}/events`, { agent: false, headers: { authorization: `Bearer ${OPS_TOKEN}` } })
      .once('response', (response) => {
        response.on('error', () => undefined);
        resolve(response.pause());
      })
      .once('error', reject)
      .end();
  });
}
