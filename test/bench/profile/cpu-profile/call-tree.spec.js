import { busyPart } from './busy-part.js';
import { callTree } from './call-tree.js';
import { profileOf, PROJECT } from './profile.fixture.js';
import { timeByFunction, timeByPackage } from './time-by-function.js';

const treeOf = (...stacks) => callTree(profileOf(...stacks), PROJECT);
/** `{ name: [total, own, below] }` */
const outline = ({ children }) =>
  Object.fromEntries(children.map((child) => [child.fn.name, [child.totalUs, child.ownUs, outline(child)]]));

describe('callTree', () => {
  it('gives each sample the time until the next one, and the last the time until the end', () => {
    const tree = treeOf(['main', 10], ['main read', 30], ['main', 5], ['(program)', 7]);
    expect(tree.totalUs).toBe(52);
    expect(outline(tree)).toEqual({ main: [45, 15, { read: [30, 30, {}] }], '(program)': [7, 7, {}] });
  });

  it('takes samples in the order of their times, which is not always that of the profile', () => {
    const profile = profileOf(['a', 10], ['b', 30], ['c', 5]);
    const [a, b, c] = profile.samples;
    const disordered = { ...profile, samples: [b, a, c], timeDeltas: [10, -10, 40] };
    expect(outline(callTree(disordered, PROJECT))).toEqual(outline(callTree(profile, PROJECT)));
  });

  it('puts first what lasted longest, and leaves out what was never seen', () => {
    const profile = profileOf(['short', 1], ['long', 2], ['never', 0]);
    expect(callTree(profile, PROJECT).children.map(({ fn }) => fn.name)).toEqual(['long', 'short']);
  });

  it('tells apart native functions of different callers', () => {
    const tree = treeOf(['read native-get', 3], ['write native-get', 4]);
    const places = timeByFunction(tree).map(({ place, ownUs }) => [place, ownUs]);
    expect(places.slice(0, 2)).toEqual([
      ['native, from libs/write/src/index.ts:12', 4],
      ['native, from libs/read/src/index.ts:12', 3],
    ]);
  });
});

describe('timeByFunction', () => {
  const timesOf = (tree) =>
    Object.fromEntries(timeByFunction(tree).map(({ name, ownUs, totalUs }) => [name, [ownUs, totalUs]]));

  it('sums a function up wherever it was called', () => {
    const tree = treeOf(['a shared', 10], ['b shared', 20], ['shared', 4]);
    expect(timesOf(tree)).toMatchObject({ shared: [34, 34], a: [0, 10], b: [0, 20] });
  });

  it('counts the total of a function that calls itself once', () => {
    const tree = treeOf(
      ['walk', 1],
      ['walk walk', 200],
      ['walk step walk', 10],
      ['walk step walk walk', 100],
    );
    expect(timesOf(tree)).toMatchObject({ walk: [311, 311], step: [0, 110] });
  });

  it('gives all time to somebody as own time', () => {
    const tree = treeOf(['a b', 7], ['a', 2], ['a b a', 5], ['(garbage collector)', 3], ['(idle)', 9]);
    const sum = timeByFunction(tree).reduce((total, { ownUs }) => total + ownUs, 0);
    expect(sum).toBe(tree.totalUs);
  });

  it('puts first what has the longest own time', () => {
    expect(timeByFunction(treeOf(['a b', 7], ['a', 2])).map(({ name }) => name)).toEqual([
      'b',
      'a',
      '(root)',
    ]);
  });
});

describe('timeByPackage', () => {
  it('sums up the own times of its functions', () => {
    const tree = treeOf(['a', 1], ['b native-read', 10], ['b a', 2], ['b native-write', 20], ['b', 1]);
    expect(timeByPackage(timeByFunction(tree))).toEqual([
      { package: 'libs/b (native)', ownUs: 30 },
      { package: 'libs/a', ownUs: 3 },
      { package: 'libs/b', ownUs: 1 },
      { package: '(root)', ownUs: 0 },
    ]);
  });
});

describe('busyPart', () => {
  it('sets the time aside in which there was nothing to do', () => {
    const { busy, idleUs } = busyPart(treeOf(['a', 1], ['(idle)', 6], ['a', 2], ['(idle)', 5]));
    expect(idleUs).toBe(11);
    expect(busy.totalUs).toBe(3);
    expect(outline(busy)).toEqual({ a: [3, 3, {}] });
  });

  it('is all of it when there was always something to do', () => {
    const { busy, idleUs } = busyPart(treeOf(['a', 1]));
    expect([busy.totalUs, idleUs]).toEqual([1, 0]);
  });
});
