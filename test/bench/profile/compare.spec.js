import { compareFigures } from './compare.js';

const fn = (name, file, line, ownMicroseconds) => ({
  name,
  file,
  place: `${file}:${line}`,
  package: 'libs/cache',
  ownMicroseconds,
});
const figures = (...functions) => ({
  run: {},
  functions,
  packages: [
    {
      package: 'libs/cache',
      ownMicroseconds: functions.reduce((sum, item) => sum + item.ownMicroseconds, 0),
    },
  ],
});
const changes = (before, after) =>
  compareFigures(figures(...before), figures(...after)).functions.map((item) => [
    item.place,
    item.before,
    item.after,
    item.difference,
  ]);

describe('compareFigures', () => {
  it('tells the change of each function, the greatest first, whether better or worse', () => {
    const before = [fn('get', 'a.ts', 1, 5), fn('put', 'a.ts', 9, 3)];
    const after = [fn('get', 'a.ts', 1, 4), fn('put', 'a.ts', 9, 7)];
    expect(changes(before, after)).toEqual([
      ['a.ts:9', 3, 7, 4],
      ['a.ts:1', 5, 4, -1],
    ]);
  });

  it('knows a function again that has moved within its file', () => {
    expect(changes([fn('get', 'a.ts', 1, 5)], [fn('get', 'a.ts', 30, 4)])).toEqual([['a.ts:30', 5, 4, -1]]);
  });

  it('tells functions of the same name apart by their files', () => {
    expect(changes([fn('get', 'a.ts', 1, 5)], [fn('get', 'b.ts', 1, 4)])).toEqual([
      ['a.ts:1', 5, 0, -5],
      ['b.ts:1', 0, 4, 4],
    ]);
  });

  it('sums up functions of the same name in one file, such as those without a name', () => {
    const before = [fn('(anonymous)', 'a.ts', 1, 1), fn('(anonymous)', 'a.ts', 2, 2)];
    expect(changes(before, [])).toEqual([['a.ts:1', 3, 0, -3]]);
  });

  it('compares packages as well', () => {
    const { packages } = compareFigures(figures(fn('get', 'a.ts', 1, 5)), figures(fn('put', 'b.ts', 1, 4)));
    expect(packages).toEqual([{ package: 'libs/cache', before: 5, after: 4, difference: -1 }]);
  });
});
