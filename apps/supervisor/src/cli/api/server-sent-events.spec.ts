import fc from 'fast-check';
import { serverSentEvents, type EventCursor, type ServerSentEvent } from './server-sent-events.js';

async function read(pieces: readonly string[], cursor: EventCursor = { lastEventId: '' }) {
  async function* stream() {
    yield* pieces;
  }
  const events: ServerSentEvent[] = [];
  for await (const event of serverSentEvents(stream(), cursor)) events.push(event);
  return { events, lastEventId: cursor.lastEventId };
}

const STREAM =
  'retry: 2000\r\nid: a-0\r\n\r\n: still here\n\nevent: progress\nid: a-1\ndata: {"one":1}\n\nevent:worker\rdata: two\rdata:  lines\r\revent: alarm\r\ndata: three\r\ndata: four\r\n\r\nid: a-2\ndata\n\ndata: unfinished\n';

describe('server-sent events', () => {
  it('are the same however the stream comes in pieces', async () => {
    const whole = await read([STREAM]);
    expect(whole).toEqual({
      events: [
        { type: 'progress', data: '{"one":1}' },
        { type: 'worker', data: 'two\n lines' },
        { type: 'alarm', data: 'three\nfour' },
        { type: 'message', data: '' },
      ],
      lastEventId: 'a-2',
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(STREAM.length), { maxLength: 20 }), async (cuts) => {
        const at = [0, ...cuts.toSorted((one, other) => one - other), STREAM.length];
        const pieces = at.slice(1).map((end, index) => STREAM.slice(at[index], end));
        expect(await read(pieces)).toEqual(whole);
      }),
    );
  });

  it('move the cursor on with a block that carries only an id, and not with one that breaks off', async () => {
    expect(await read(['id: a-7\n\n'])).toEqual({ events: [], lastEventId: 'a-7' });
    expect(await read(['id: a-8\ndata: x\n'], { lastEventId: 'a-7' })).toEqual({
      events: [],
      lastEventId: 'a-7',
    });
  });
});
