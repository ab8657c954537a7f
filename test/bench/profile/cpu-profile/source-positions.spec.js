import { withSourcePositions } from './source-positions.js';

const BUILT = 'file:///project/dist/libs/cache/src/store.js';
/** Line 1, column 4 of the built file is line 7, column 2 of the source: `I` is 4, `M` is 6, `E` is 2. */
const MAP = { version: 3, sources: ['../../../../libs/cache/src/store.ts'], names: [], mappings: 'IAME' };

const profileOf = (callFrame) => ({
  startTime: 5,
  nodes: [{ id: 1, callFrame, positionTicks: [{ line: 1, ticks: 9 }] }],
});
const frame = (url) => ({ functionName: 'get', scriptId: '8', url, lineNumber: 0, columnNumber: 4 });

describe('withSourcePositions', () => {
  it('puts a function of a built file where its source has it', () => {
    const profile = withSourcePositions(profileOf(frame(BUILT)), () => MAP);
    expect(profile.startTime).toBe(5);
    expect(profile.nodes[0].callFrame).toEqual({
      functionName: 'get',
      scriptId: '8',
      url: 'file:///project/libs/cache/src/store.ts',
      lineNumber: 6,
      columnNumber: 2,
    });
  });

  it('drops the lines of the built file, which are not those of the source', () => {
    const saved = JSON.stringify(withSourcePositions(profileOf(frame(BUILT)), () => MAP));
    expect(saved).not.toContain('positionTicks');
  });

  it('leaves what has no map as it is', () => {
    const profile = profileOf(frame('node:events'));
    expect(withSourcePositions(profile, () => undefined)).toEqual(profile);
  });

  it('reads the map of a file once', () => {
    const { nodes } = profileOf(frame(BUILT));
    const read = jest.fn(() => MAP);
    withSourcePositions({ nodes: [...nodes, ...nodes] }, read);
    expect(read).toHaveBeenCalledTimes(1);
  });
});
