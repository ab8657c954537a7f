import { callTree } from './call-tree.js';
import { partBetween } from './part-between.js';
import { profileOf, PROJECT } from './profile.fixture.js';

describe('partBetween', () => {
  it('keeps the samples of the time that is asked for, and their times', () => {
    // The fixture begins at 1000.
    const profile = profileOf(['start', 10], ['a', 20], ['b', 30], ['stop', 40]);
    const part = partBetween(profile, 1005, 1055);
    expect(part).toMatchObject({ startTime: 1005, endTime: 1055, timeDeltas: [5, 20] });
    const { children } = callTree(part, PROJECT);
    expect(children.map(({ fn, totalUs }) => [fn.name, totalUs])).toEqual([
      ['b', 25],
      ['a', 20],
    ]);
  });
});
