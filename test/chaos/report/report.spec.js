import { lineOf } from './line.js';
import { markdownOf } from './markdown.js';
import { result } from './result.fixture.js';
import { reportText } from './text.js';
import { isAsWanted } from './verdict.js';

describe('a line of the report', () => {
  it('names what did not hold, with what was found and what it is to be', () => {
    const checks = [
      { what: 'bystanders lost', found: 3, bound: '0', holds: false, decides: true },
      { what: 'killed after', found: 2600, bound: '≤ 2500 ms', holds: false, decides: false },
      { what: 'restarts', found: 1, bound: '≤ 1', holds: true, decides: true },
    ];
    expect(lineOf(result({ held: false, checks }))).toBe(
      ' 1 loop, evernest: NOT HELD (12 s)\n     bystanders lost: 3 (0)\n     killed after: 2600 (≤ 2500 ms, only told)',
    );
  });

  it('says how fast the machine was where something did not hold', () => {
    const checks = [{ what: 'killed after', found: 2600, bound: '≤ 2500 ms', holds: false, decides: true }];
    const slow = { startMs: 3100, stolenPercent: 25 };
    expect(lineOf(result({ held: false, checks, ...slow }))).toMatch(
      /\n {5}a worker took 3\.1 s to start, and other machines took 25 % of the processors$/,
    );
    expect(lineOf(result(slow))).toBe(' 1 loop, evernest: held (12 s)');
  });

  it('tells what kept a scenario from being run', () => {
    expect(lineOf(result({ held: false, error: 'no PostgreSQL' }))).toBe(
      ' 1 loop, evernest: could not be run\n     no PostgreSQL',
    );
  });
});

describe('the table of the report', () => {
  it('has a row for each trial, times in seconds', () => {
    const text = reportText([
      result(),
      result({ target: 'plain', held: false, capacityMs: null, detectMs: undefined }),
    ]);
    const rows = text.split('\n').filter((line) => /loop/.test(line));
    expect(rows.map((row) => row.split('│').map((cell) => cell.trim()))).toEqual([
      ['', '1', 'loop', 'evernest', 'yes', '1000', '2', '0', '2.4 s', '4.0 s', '1', 'hang', ''],
      ['', '1', 'loop', 'plain', 'NO', '1000', '2', '0', '–', 'never', '1', 'hang', ''],
    ]);
  });
});

describe('the document', () => {
  const run = (...results) => ({
    at: '2026-11-22T01:00:00.000Z',
    cpu: 'a cpu',
    cores: 2,
    node: 'v20.20.2',
    results,
  });

  it('puts the service beside a plain one, and says on what a scenario was seen failing', () => {
    const text = markdownOf([
      run(result()),
      run(result({ target: 'plain', held: false, lostOwn: 7, lostBystanders: 1, capacityMs: null })),
      run(result({ without: 'the watchdog', held: false })),
    ]);
    expect(text).toContain(
      '| 1 | `for (;;)` | yes | 2, 0 | 2.4 s | 4.0 s | 1 | hang | 7, 1 | never | plain, evernest without the watchdog |',
    );
  });

  it('says where something took longer than asked, and names all processors', () => {
    const late = [
      { what: 'full capacity', found: 4000, bound: '≤ 4500 ms, asked: 3000', holds: true, isLate: true },
    ];
    const text = markdownOf([{ ...run(), cpu: 'another cpu' }, run(result({ checks: late }))]);
    expect(text).toContain('| 1 | `for (;;)` | yes, late |');
    expect(text).toContain('Measured on 2 cores (another cpu, a cpu)');
  });

  it('says how long a worker of the service took to start, from the fastest cluster to the slowest', () => {
    const text = markdownOf([
      run(result({ startMs: 3100 }), result({ startMs: 2000 }), result({ target: 'plain', startMs: 900 })),
    ]);
    expect(text).toContain('2026-11-22; a worker of the service took 2.0 s to 3.1 s to start.');
  });

  it('says what was asked of the service, and not what was asked of others in an earlier run', () => {
    const before = result({ target: 'plain', held: false, fault: 'a loop', mustHold: 'killed soon' });
    const text = markdownOf([run(before), run(result())]);
    expect([
      text.includes('| `for (;;)` |'),
      text.includes('killed in time'),
      text.includes('killed soon'),
    ]).toEqual([true, true, false]);
  });

  it('counts the last of several results, and puts scenarios in the order of their numbers', () => {
    const text = markdownOf([run(result({ number: 2 }), result({ held: false })), run(result())]);
    const rows = text.split('\n').filter((line) => /^\| \d/.test(line));
    expect(rows.map((row) => row.split(' | ').slice(0, 3))).toEqual([
      ['| 1', '`for (;;)`', 'yes'],
      ['| 2', '`for (;;)`', 'yes'],
    ]);
  });

  it('keeps to the first line of a stack, and to the beginning of a long sentence', () => {
    const stack = 'at busyLoop (busy-loop.js:2:3)\n    at suffer (obey.js:47:22)';
    const checks = [{ what: 'place', found: stack, bound: '/busyLoop/', holds: true }];
    const text = markdownOf([run(result({ checks, causes: ['it has '.repeat(30)] }))]);
    expect(text).toContain('place: at busyLoop (busy-loop.js:2:3) (/busyLoop/)');
    expect(text).toContain(`${'it has '.repeat(11)}it…`);
  });

  it('tells what each was held to and found, and what is to be said of it', () => {
    const checks = [{ what: 'killed after, ms', found: 2700, bound: '≤ 2500', holds: false }];
    expect(markdownOf([run(result({ checks, note: 'The machine was busy.' }))])).toContain(
      '**1. loop**: killed in time. Found: **killed after, ms: 2700 (≤ 2500)**. The machine was busy.',
    );
  });
});

describe('the verdict', () => {
  it.each([
    ['the service holds', {}, true],
    ['the service does not hold', { held: false }, false],
    ['a plain application does not', { target: 'plain', held: false }, true],
    ['the service fails without the part', { without: 'the watchdog', held: false }, true],
    ['the service holds without the part too', { without: 'the watchdog' }, false],
    ['a scenario cannot be run', { target: 'plain', held: false, error: 'why' }, false],
    ['a plain application holds without the part', { target: 'plain', without: 'the drain' }, true],
  ])('when %s', (_what, given, wanted) => {
    expect(isAsWanted(result(given))).toBe(wanted);
  });
});
