import fc from 'fast-check';
import { outgoingTraceparent, parseTraceparent } from './traceparent.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT_ID = '00f067aa0ba902b7';
const PARSED = { traceId: TRACE_ID, parentId: PARENT_ID, flags: 1 };

function hex(digits: number): fc.Arbitrary<string> {
  return fc.string({
    unit: fc.constantFrom(...'0123456789abcdef'.split('')),
    minLength: digits,
    maxLength: digits,
  });
}

describe('parseTraceparent', () => {
  it.each([
    [`00-${TRACE_ID}-${PARENT_ID}-01`, PARSED],
    [`00-${TRACE_ID}-${PARENT_ID}-00`, { ...PARSED, flags: 0 }],
    [`00-${TRACE_ID}-${PARENT_ID}-ff`, { ...PARSED, flags: 3 }],
    [`cc-${TRACE_ID}-${PARENT_ID}-01`, PARSED],
    [`cc-${TRACE_ID}-${PARENT_ID}-01-what-the-future-brings`, PARSED],
  ])('reads %s', (header, parsed) => {
    expect(parseTraceparent(header)).toEqual(parsed);
  });

  it.each([
    undefined,
    '',
    [`00-${TRACE_ID}-${PARENT_ID}-01`],
    `ff-${TRACE_ID}-${PARENT_ID}-01`,
    `00-${TRACE_ID}-${PARENT_ID}-01-more`,
    `00-${TRACE_ID}-${PARENT_ID}-01-`,
    `cc-${TRACE_ID}-${PARENT_ID}-01.more`,
    `00-${TRACE_ID.toUpperCase()}-${PARENT_ID}-01`,
    `00-${'0'.repeat(32)}-${PARENT_ID}-01`,
    `00-${TRACE_ID}-${'0'.repeat(16)}-01`,
    `00-${TRACE_ID.slice(1)}-${PARENT_ID}-01`,
    `00-${TRACE_ID}-${PARENT_ID}-1`,
    ` 00-${TRACE_ID}-${PARENT_ID}-01`,
    `00-${TRACE_ID}-${PARENT_ID}-01, 00-${TRACE_ID}-${PARENT_ID}-01`,
  ])('ignores %j', (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });

  it('reads back what is sent on: the same trace and flags, another step', () => {
    fc.assert(
      fc.property(hex(32), hex(16), fc.integer({ min: 0, max: 3 }), (traceId, parentId, flags) => {
        const sent = parseTraceparent(outgoingTraceparent({ traceId, parentId, flags }));
        if (/^0+$/.test(traceId)) return;
        expect(sent).toEqual({ traceId, parentId: expect.not.stringContaining(parentId), flags });
      }),
      { numRuns: 100 },
    );
  });
});
