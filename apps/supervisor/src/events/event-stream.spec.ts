import type { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { EventStream } from './event-stream.js';
import type { SupervisorEvent } from './supervisor-event.js';

const START_MS = 1_795_000_000_000;

const alarm = (message: string): SupervisorEvent => ({ type: 'alarm', data: { message } });

interface Received {
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: { readonly message: string } | undefined;
}

/** What a client has got so far, comments left out. */
function received(stream: Readable): Received[] {
  const text = String(stream.read() ?? '');
  return text
    .split('\n\n')
    .filter((block) => block !== '' && !block.startsWith(':'))
    .map((block) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const data = field('data');
      return { event: field('event'), id: field('id'), data: data && JSON.parse(data) };
    });
}

const messages = (events: readonly Received[]) =>
  events.filter(({ event }) => event === 'alarm').map(({ data }) => data?.message);

/** Lets a stream ask for more, which it does behind the current turn. */
const turns = async (count = 4) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
};

/** Everything that is there for a client now, however much. */
async function readAll(stream: Readable): Promise<Received[]> {
  const all: Received[] = [];
  for (let some = received(stream); some.length > 0; some = received(stream)) {
    all.push(...some);
    await turns(1);
  }
  return all;
}

describe('the stream of events', () => {
  let events: EventStream;

  beforeEach(() => {
    events = new EventStream(START_MS);
    jest.spyOn(Logger.prototype, 'warn').mockImplementation();
  });

  afterEach(() => events.end());

  it('tells a client what happens from now on, and at once where that begins', async () => {
    events.publish(alarm('before'));
    const client = events.open();
    expect(received(client)).toEqual([
      { event: undefined, id: `${START_MS.toString(36)}-1`, data: undefined },
    ]);
    await turns();
    events.publish(alarm('now'));
    expect(received(client)).toEqual([
      { event: 'alarm', id: `${START_MS.toString(36)}-2`, data: { message: 'now' } },
    ]);
    client.destroy();
  });

  it('lets a client go on from any point without a gap and without a duplicate', async () => {
    const cuts = fc.record({
      before: fc.nat({ max: 30 }),
      seen: fc.nat({ max: 30 }),
      lost: fc.nat({ max: 30 }),
      away: fc.nat({ max: 300 }),
      after: fc.nat({ max: 30 }),
      size: fc.nat({ max: 500 }),
    });
    await fc.assert(
      fc.asyncProperty(cuts, async ({ before, seen, lost, away, after, size }) => {
        const stream = new EventStream(START_MS);
        let count = 0;
        const publish = (times: number) => {
          for (let time = 0; time < times; time += 1) {
            count += 1;
            stream.publish(alarm(`${count} ${'x'.repeat(size)}`));
          }
        };
        publish(before);
        const first = stream.open();
        publish(seen);
        const sent = await readAll(first);
        first.destroy();
        publish(away);
        // What was sent last need not have arrived.
        const got = sent.slice(0, Math.max(1, sent.length - lost));
        const second = stream.open(got.at(-1)?.id);
        const more = await readAll(second);
        publish(after);
        more.push(...(await readAll(second)));
        const numbers = messages([...got, ...more]).map((message) => Number.parseInt(message ?? '', 10));
        expect(numbers).toEqual(Array.from({ length: count - before }, (_, index) => before + index + 1));
        expect(more.filter(({ event }) => event === 'reset')).toEqual([]);
        second.destroy();
      }),
      { numRuns: 60 },
    );
  });

  it('replays more than a client may be behind to one that reads', async () => {
    const first = events.open();
    const [start] = await readAll(first);
    first.destroy();
    for (let count = 0; count < 900; count += 1) events.publish(alarm('x'.repeat(3000)));
    const second = events.open(start?.id);
    events.publish(alarm('last'));
    expect(messages(await readAll(second))).toHaveLength(901);
    second.destroy();
  });

  it.each([
    ['of an earlier supervisor', `${(START_MS - 1).toString(36)}-3`],
    ['that has fallen out', `${START_MS.toString(36)}-1`],
    ['that has not been yet', `${START_MS.toString(36)}-2000`],
    ['with leading zeros', `${START_MS.toString(36)}-01500`],
    ['that is none', 'x\ny'],
  ])('tells a client with an id %s to read the state anew', (_, id) => {
    for (let count = 0; count < 1002; count += 1) events.publish(alarm(`${count}`));
    const client = events.open(id);
    expect(received(client)).toEqual([
      {
        event: 'reset',
        id: `${START_MS.toString(36)}-1002`,
        data: { message: expect.stringMatching(/Read the state anew/) },
      },
    ]);
    client.destroy();
  });

  it('keeps the newest thousand', async () => {
    for (let count = 1; count <= 1002; count += 1) events.publish(alarm(`${count}`));
    const client = events.open(`${START_MS.toString(36)}-2`);
    const got = messages(await readAll(client));
    expect(got).toHaveLength(1000);
    expect(got[0]).toBe('3');
    client.destroy();
  });

  it('drops a client for which more than a megabyte waits, and only that one', async () => {
    const slow = events.open();
    const fast = events.open();
    await turns();
    for (let count = 0; count < 20; count += 1) {
      events.publish(alarm('x'.repeat(100_000)));
      await readAll(fast);
      expect(slow.destroyed).toBe(count > 10);
    }
    expect(fast.destroyed).toBe(false);
    expect(events.clients).toBe(1);
    fast.destroy();
  });

  it('drops a client that is further behind than is kept', async () => {
    const slow = events.open();
    await turns();
    for (let count = 0; count < 2000; count += 1) events.publish(alarm('x'));
    expect(slow.destroyed).toBe(true);
  });

  it('holds nothing for a client that reads nothing', async () => {
    const slow = events.open();
    await turns();
    for (let count = 0; count < 900; count += 1) events.publish(alarm('x'.repeat(1000)));
    await turns();
    expect(slow.readableLength).toBeLessThan(128 * 1024);
    slow.destroy();
  });

  it('says every 15 s that it is still there, as long as anybody listens', () => {
    jest.useFakeTimers();
    try {
      const client = events.open();
      client.read();
      client.read();
      jest.advanceTimersByTime(14_999);
      expect(client.read()).toBeNull();
      jest.advanceTimersByTime(1);
      expect(String(client.read())).toBe(': still here\n\n');
      expect(jest.getTimerCount()).toBe(1);
      client.emit('close');
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it('ends every stream after what was published', async () => {
    const client = events.open();
    events.publish(alarm('last'));
    events.end();
    events.publish(alarm('too late'));
    const text = (await client.toArray()).join('');
    expect(text).toMatch(/last/);
    expect(client.readableEnded).toBe(true);
    await turns();
    expect(events.clients).toBe(0);
  });

  it('takes events for nobody after the end', async () => {
    const client = events.open();
    await readAll(client);
    events.end();
    events.publish(alarm('too late'));
    expect((await client.toArray()).join('')).toBe('');
  });

  it('ends at once what is opened after the end, with what was missed', async () => {
    const client = events.open();
    const [start] = await readAll(client);
    events.publish(alarm('missed'));
    events.end();
    expect((await events.open(start?.id).toArray()).join('')).toMatch(/missed/);
    client.destroy();
  });
});
