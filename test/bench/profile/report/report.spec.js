import { compareFigures } from '../compare.js';
import { figuresOf } from '../cpu-profile/figures.js';
import { profileOf, PROJECT } from '../cpu-profile/profile.fixture.js';
import { flameGraphPage } from './page.js';
import { differencesText, figuresText } from './text.js';

const workload = { name: 'books-by-id', title: 'one book' };
const RUN = {
  workload: 'books-by-id',
  connections: 50,
  requests: 2000,
  failed: 0,
  seconds: 4,
  intervalUs: 200,
  mainThreadMicroseconds: 40,
  processMicroseconds: 50,
  unprofiledMicroseconds: 45,
  startedAt: '2026-11-21T12:00:00.000Z',
  node: '20.0.0',
};
const figures = (run = {}, ...stacks) =>
  figuresOf({ ...profileOf(...stacks), run: { ...RUN, ...run } }, PROJECT);
const FIGURES = figures({}, ['a b', 60], ['a', 20], ['(idle)', 20]);

function cellsOf(text, word) {
  const line = text.split('\n').find((each) => new RegExp(`│ +${word} `).test(each));
  return line
    .split('│')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

describe('the tables', () => {
  it('tell shares of the busy time, and what they come to for a request', () => {
    const text = figuresText({ workload, figures: FIGURES, top: 25 });
    expect(cellsOf(text, '75.0%').slice(0, 4)).toEqual(['75.0%', '75.0%', '30.00', 'b']);
    expect(cellsOf(text, '25.0%').slice(0, 4)).toEqual(['25.0%', '100.0%', '10.00', 'a']);
    expect(text).toContain('For 20.0% of the time the main thread had nothing to do');
  });

  it('have as many functions as asked for', () => {
    const text = figuresText({ workload, figures: FIGURES, top: 1 });
    expect(text).not.toContain('│ a ');
  });

  it('say so when requests failed', () => {
    const failing = figures({ failed: 3 }, ['a', 1]);
    expect(figuresText({ workload, figures: failing, top: 1 })).toContain('3 of the requests failed');
    expect(figuresText({ workload, figures: FIGURES, top: 1 })).not.toContain('failed');
  });

  it('tell what has changed for a request', () => {
    const now = figures({ mainThreadMicroseconds: 30 }, ['a b', 60], ['a', 40]);
    const text = differencesText(compareFigures(FIGURES, now), 25);
    expect(text).toContain('the main thread used 40 µs for a request, now 30 µs');
    expect(cellsOf(text, '30.00')).toEqual(['30.00', '18.00', '-12.00', 'b', expect.any(String)]);
    expect(cellsOf(text, '10.00')).toEqual(['10.00', '12.00', '+2.00', 'a', expect.any(String)]);
  });
});

describe('the flame graph page', () => {
  const page = flameGraphPage({ workload, figures: FIGURES, top: 25 });

  it('loads nothing from anywhere', () => {
    expect(page).not.toMatch(/https?:|src=|@import|url\(|import\s|fetch\(/);
  });

  it('holds the tree with each function once', () => {
    const [, json] = /<script type="application\/json" id="profile">(.*?)<\/script>/.exec(page);
    const { tree, functions, microsecondsARequest } = JSON.parse(json);
    expect(microsecondsARequest).toBe(40);
    expect(functions.map(([name]) => name)).toEqual(['(root)', 'a', 'b']);
    expect(tree).toEqual([0, 0, 80, [[1, 20, 80, [[2, 60, 60, []]]]]]);
  });

  it('shows names that look like markup as text', () => {
    const hostile = figures({}, ['</script><b>', 1]);
    expect(flameGraphPage({ workload, figures: hostile, top: 25 })).not.toContain('<b>');
  });
});
