import fc from 'fast-check';
import { lineDatagram, markDatagram } from '../datagrams.js';
import { Collection } from './collection.js';
import type { SenderFigures } from './sender.js';
import type { Gap } from './sequence.js';

const FROM = { host: '127.0.0.1', port: 5555 };

interface Written {
  readonly context?: string;
  readonly level?: string;
  readonly message: string;
  readonly sender?: string;
  readonly seq?: number;
  readonly gap?: Gap & { readonly sender: string };
  readonly account?: SenderFigures;
}

/** A collection that writes into memory. */
function collect({ lastNumbers = new Map<string, number>() } = {}) {
  const lines: string[] = [];
  const sink = { isFull: false };
  const collection = new Collection(
    {
      write: (line) => {
        if (!sink.isFull) lines.push(line);
        return !sink.isFull;
      },
    },
    lastNumbers,
  );
  const parsed = () => lines.map((line) => JSON.parse(line) as Written);
  return {
    collection,
    sink,
    lines,
    line: (sender: string, seq: number, text = 'hello') =>
      collection.take(lineDatagram(JSON.stringify({ message: text }), { sender, seq }, 8192).datagram, FROM),
    mark: (sender: string, seq: number, mark: 'alive' | 'end') =>
      collection.take(markDatagram({ sender, seq }, mark), FROM),
    raw: (text: string | Buffer) => collection.take(Buffer.from(text as string), FROM),
    numbers: (sender: string) => parsed().flatMap((line) => (line.sender === sender ? [line.seq] : [])),
    gaps: () => parsed().flatMap(({ gap }) => (gap ? [gap] : [])),
    own: () => parsed().filter(({ context }) => context === 'LogCollector'),
    ticks: (count: number) => {
      for (let tick = 0; tick < count; tick += 1) collection.tick();
    },
  };
}

describe('a collection', () => {
  it('writes each line once, with its sender and number', () => {
    const { line, lines, collection } = collect();
    line('a', 1);
    line('a', 1);
    line('b', 1);
    expect(collection.figures()).toMatchObject({ received: 2, repeated: 1 });
    expect(lines).toEqual([
      '{"message":"hello","sender":"a","seq":1}\n',
      '{"message":"hello","sender":"b","seq":1}\n',
    ]);
  });

  it('tells which lines of which sender did not arrive', () => {
    const { line, ticks, gaps, own } = collect();
    line('a', 1);
    line('a', 4);
    line('b', 1);
    ticks(3);
    expect(gaps()).toEqual([{ sender: 'a', first: 2, last: 3, lines: 2 }]);
    expect(own()[0]).toMatchObject({ level: 'warn', message: expect.stringContaining('2 lines of a') });
  });

  it('gives a line a second to arrive after others', () => {
    const { line, ticks, gaps, numbers } = collect();
    line('a', 2);
    ticks(1);
    line('a', 1);
    ticks(3);
    expect(gaps()).toEqual([]);
    expect(numbers('a')).toEqual([2, 1]);
  });

  it('does not take a restarted process for a gap', () => {
    const { line, ticks, gaps } = collect();
    line('host/0/1/aaaa', 1000);
    ticks(3);
    line('host/0/1/bbbb', 1);
    ticks(3);
    expect(gaps().map(({ sender }) => sender)).toEqual(['host/0/1/aaaa']);
  });

  it('learns of lost last lines from the marks of their sender', () => {
    const { line, mark, ticks, gaps } = collect();
    line('a', 1);
    expect(mark('a', 3, 'alive')).toBe(false);
    line('b', 1);
    expect(mark('b', 2, 'end')).toBe(true);
    ticks(3);
    expect(gaps()).toEqual([
      { sender: 'a', first: 2, last: 3, lines: 2 },
      { sender: 'b', first: 2, last: 2, lines: 1 },
    ]);
  });

  it('tells once that a sender fell silent, unless it had ended', () => {
    const { line, mark, ticks, own } = collect({ lastNumbers: new Map([['old', 5]]) });
    line('a', 1);
    line('b', 1);
    mark('b', 1, 'end');
    ticks(10);
    line('a', 2);
    ticks(15);
    expect(own()).toEqual([]);
    ticks(15);
    expect(own().map(({ message }) => message)).toEqual([
      expect.stringMatching(/^a fell silent after line 2 /),
    ]);
  });

  it('counts a line that the file cannot take as lost, and says so once it can', () => {
    const { line, sink, ticks, gaps, collection } = collect();
    line('a', 1);
    sink.isFull = true;
    line('a', 2);
    line('a', 3);
    ticks(5);
    sink.isFull = false;
    ticks(1);
    expect(gaps()).toEqual([{ sender: 'a', first: 2, last: 3, lines: 2 }]);
    expect(collection.figures()).toMatchObject({ received: 1, lost: 2, refused: 2 });
  });

  it('goes on where an earlier collector ended', () => {
    const { line, ticks, gaps, numbers } = collect({ lastNumbers: new Map([['a', 10]]) });
    line('a', 10);
    line('a', 13);
    ticks(3);
    expect(numbers('a')).toEqual([13]);
    expect(gaps()).toEqual([{ sender: 'a', first: 11, last: 12, lines: 2 }]);
  });

  it('forgets a sender after an hour of silence, but not its figures', () => {
    const { line, ticks, collection } = collect();
    line('a', 2);
    ticks(3601);
    expect(collection.figures()).toMatchObject({ received: 1, lost: 1, senders: [] });
  });

  it('remembers 10,000 senders, and those that it heard last', () => {
    const { line, ticks, collection } = collect();
    line('first', 1);
    line('quiet', 1);
    ticks(1);
    line('first', 2);
    for (let sender = 0; sender < 9_999; sender += 1) line(`s${sender}`, 1);
    const names = collection.figures().senders.map(({ sender }) => sender);
    expect(names).toHaveLength(10_000);
    expect(names).toContain('first');
    expect(names).not.toContain('quiet');
  });

  it('gives each sender its account in the end', () => {
    const { line, collection, own } = collect();
    line('a', 1);
    line('a', 3);
    collection.end();
    expect(own().map(({ account, gap }) => account ?? gap)).toEqual([
      { sender: 'a', first: 2, last: 2, lines: 1 },
      { sender: 'a', last: 3, received: 2, lost: 1, repeated: 0 },
    ]);
  });

  it('counts what is no numbered line, and tells of it once', () => {
    const { raw, own, collection } = collect();
    const others = [
      '',
      'hello',
      'null',
      '[]',
      '{}',
      '{"sender":"a"}',
      '{"sender":"a","seq":0}',
      '{"sender":"a","seq":-1}',
      '{"sender":"a","seq":1.5}',
      '{"sender":"a","seq":1e300}',
      '{"sender":"a","seq":"1"}',
      '{"sender":"","seq":1}',
      '{"sender":"a\\nb","seq":1}',
      '{"sender":["a"],"seq":1}',
      `{"sender":"${'a'.repeat(201)}","seq":1}`,
      '['.repeat(60_000),
    ];
    for (const text of others) raw(text);
    expect(collection.figures()).toMatchObject({ unreadable: others.length, received: 0, senders: [] });
    expect(own()).toHaveLength(1);
    expect(own()[0]?.message).toContain('127.0.0.1:5555');
  });

  it('writes one line per datagram, whatever is in it', () => {
    const { raw, lines } = collect();
    raw('{"a":\n1,\r\n"sender":"a",\t"seq":1,"x":"\u2028\u009b31m\u202e"}');
    raw('{"__proto__":{"polluted":true},"constructor":1,"sender":"__proto__","seq":1}');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    expect(JSON.parse(lines[0]!)).toEqual({ a: 1, sender: 'a', seq: 1, x: '\u2028\u009b31m\u202e' });
    expect(lines[1]).toContain('"__proto__":{"polluted":true}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (datagrams) => {
        const { raw, collection } = collect();
        for (const bytes of datagrams) raw(Buffer.from(bytes));
        expect(collection.figures().unreadable).toBe(datagrams.length);
      }),
    );
  });
});
