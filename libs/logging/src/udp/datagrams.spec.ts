import fc from 'fast-check';
import { lineDatagram, markDatagram } from './datagrams.js';
import { oneLineJson } from '../lines/one-line-json.js';

const NUMBERING = { sender: 'web-1/0/4711/9f2c61d07b1e4a55', seq: 17 };
const LINE_BREAK = /[\p{Cc}\p{Zl}\p{Zp}]/u;

function fieldsIn(datagram: Buffer): Record<string, unknown> {
  return JSON.parse(datagram.toString()) as Record<string, unknown>;
}

describe('a datagram', () => {
  it('is the line as it was, with sender and number at its end', () => {
    const { datagram, isCut } = lineDatagram('{"time":"now","message":"hello"}\n', NUMBERING, 8192);
    expect(datagram.toString()).toBe(
      '{"time":"now","message":"hello","sender":"web-1/0/4711/9f2c61d07b1e4a55","seq":17}\n',
    );
    expect(isCut).toBe(false);
  });

  it('keeps what a line itself calls sender and seq under other names', () => {
    const { datagram } = lineDatagram('{"sender":"me","seq":3,"mark":"end"}', NUMBERING, 8192);
    expect(fieldsIn(datagram)).toEqual({ _sender: 'me', _seq: 3, _mark: 'end', ...NUMBERING });
    expect(datagram.toString().match(/"sender"/g)).toHaveLength(1);
  });

  it.each(['plain text', '{"torn', '{"seq": torn}', '[1]', ''])('makes a message of %j', (text) => {
    expect(fieldsIn(lineDatagram(text, NUMBERING, 8192).datagram)).toEqual({ message: text, ...NUMBERING });
  });

  it('is one line of JSON that fits, whatever the line holds', () => {
    const line = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }));
    fc.assert(
      fc.property(line, fc.nat(9000), fc.integer({ min: 480, max: 9000 }), (fields, length, maxBytes) => {
        const json = oneLineJson({ ...fields, message: '\u2028é"'.repeat(length) });
        const { datagram } = lineDatagram(json, NUMBERING, maxBytes);
        expect(datagram.length).toBeLessThanOrEqual(maxBytes);
        expect(fieldsIn(datagram)).toMatchObject(NUMBERING);
        expect(datagram.toString().slice(0, -1)).not.toMatch(LINE_BREAK);
      }),
      { numRuns: 50 },
    );
  });

  it('says of a mark how many lines there were', () => {
    expect(fieldsIn(markDatagram(NUMBERING, 'end'))).toEqual({ ...NUMBERING, mark: 'end' });
  });
});

describe('a line that is too long', () => {
  const stack = 'at somewhere\n'.repeat(500);
  const line = JSON.stringify({
    time: '2026-11-21T18:00:00.123Z',
    message: 'x'.repeat(20_000),
    requestId: 'an-id',
    error: { name: 'Error', stack },
  });

  it('loses the ends of its longest values, and nothing of the others', () => {
    const { datagram, isCut } = lineDatagram(line, NUMBERING, 2000);
    const { message, error, ...others } = fieldsIn(datagram) as Record<string, string>;
    expect(isCut).toBe(true);
    expect(message).toMatch(/^x+\[truncated\]$/);
    expect(error).toMatch(/^\{"name":"Error","stack":"at somewhere.*\[truncated\]$/s);
    expect(others).toEqual({
      time: '2026-11-21T18:00:00.123Z',
      requestId: 'an-id',
      cutBytes: expect.any(Number),
      ...NUMBERING,
    });
  });

  it('fills the datagram', () => {
    expect(lineDatagram(line, NUMBERING, 2000).datagram.length).toBeGreaterThan(1900);
  });

  it('tells how many bytes are missing', () => {
    const { cutBytes, message, error } = fieldsIn(lineDatagram(line, NUMBERING, 2000).datagram);
    const before = Buffer.byteLength(JSON.stringify([JSON.parse(line).message, JSON.parse(line).error]));
    const after = Buffer.byteLength(JSON.stringify([message, error]));
    expect(Math.abs(before - after - Number(cutBytes))).toBeLessThanOrEqual(2);
  });

  it('never ends in half a character', () => {
    const emoji = JSON.stringify({ message: '😀'.repeat(1000) });
    for (const maxBytes of [500, 501, 502, 503]) {
      expect(lineDatagram(emoji, NUMBERING, maxBytes).datagram.toString()).not.toMatch(/\\ud|\uFFFD/);
    }
  });
});
