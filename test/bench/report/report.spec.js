import { judgeGoals } from './goals.js';
import { reportPage } from './page.js';
import { runOf, turn } from './run.fixture.js';
import { reportText } from './text.js';

const TURNS = [
  turn('node-http', 1, 40),
  turn('evernest', 1, 20),
  turn('node-http', 2, 60),
  turn('evernest', 2, 30, { failed: 3, failures: { 503: 2, timeout: 1 } }),
];

function lineOf(text, word) {
  return text.split('\n').find((line) => line.includes(word));
}

describe('the report', () => {
  it('gives each target medians and ratios against the baseline of the same round', () => {
    const text = reportText(runOf(TURNS));
    expect(lineOf(text, 'node-http = 1')).toMatch(/1\.00 \(1\.00–1\.00\)/);
    const cells = lineOf(text, '│ evernest')
      .split('│')
      .map((cell) => cell.trim());
    expect(cells.slice(1, -1)).toEqual([
      'evernest',
      '41,667',
      '2.5',
      '7',
      '25',
      '64',
      '0.50 (0.50–0.50)',
      '2.00 (2.00–2.00)',
      '3',
      '5',
      '3',
      '0.06',
    ]);
  });

  it('says so when the load generator was the limit', () => {
    expect(reportText(runOf(TURNS))).not.toContain('its own limit');
    const busy = TURNS.map((each) => (each.target === 'evernest' ? { ...each, generatorShare: 1 } : each));
    expect(reportText(runOf(busy))).toContain('The load generator used its whole core with evernest:');
  });

  it('says which requests failed and how', () => {
    expect(reportText(runOf(TURNS))).toContain('evernest: 3 of 2000 requests failed (2 × 503, 1 × timeout).');
  });

  it('tells the times of starts', () => {
    const start = (target, readyMs) => ({ target, round: 1, readyMs, cpuMs: 100, pssBytes: 2 ** 20 });
    const text = reportText(runOf([], [start('node-http', 100), start('evernest', 450)]));
    expect(lineOf(text, '│ evernest')).toContain('4.50 (4.50–4.50)');
    expect(text).not.toContain('books-by-id');
  });
});

describe('the page', () => {
  it('loads nothing from anywhere', () => {
    expect(reportPage(runOf(TURNS))).not.toMatch(/https?:\/\/|src=|<link|<script|@import|url\(/);
  });

  it('draws a bar for each target, as long as it is fast', () => {
    const page = reportPage(runOf(TURNS));
    const widths = [...page.matchAll(/<rect class="(\w+)".* width="([\d.]+)"/g)];
    expect(widths.map(([, kind, width]) => [kind, Number(width)])).toEqual([
      ['other', 195],
      ['ours', 390],
    ]);
  });

  it('marks a goal that is not reached', () => {
    const slower = [turn('node-http', 1, 40), turn('evernest', 1, 41)];
    expect(reportPage(runOf(slower))).toContain(
      '<tr class="broken"><td class="left">hot read by id against node:http',
    );
    expect(reportPage(runOf(TURNS))).not.toContain('<tr class="broken">');
  });

  it('shows what could be markup as text', () => {
    const run = runOf(TURNS);
    run.machine.cpu = '<b>a "fast" one</b>';
    expect(reportPage(run)).toContain('&lt;b&gt;a &quot;fast&quot; one&lt;/b&gt;');
  });
});

describe('goals', () => {
  const reached = (goals) =>
    Object.fromEntries(goals.map(({ title, reached: isReached }) => [title, isReached]));

  it('are judged by the medians of ratios, and only where both sides were measured', () => {
    expect(reached(judgeGoals({ turns: TURNS, starts: [] }))).toEqual({
      'hot read by id against node:http': true,
    });
    const slower = [turn('node-http', 1, 40), turn('evernest', 1, 41)];
    expect(reached(judgeGoals({ turns: slower, starts: [] }))).toEqual({
      'hot read by id against node:http': false,
    });
  });

  it('compare two workloads of one target', () => {
    const pages = [
      turn('evernest', 1, 100, { workload: 'books-first-page-uncached' }),
      turn('evernest', 1, 120, { workload: 'books-deep-page' }),
    ];
    expect(reached(judgeGoals({ turns: pages, starts: [] }))).toEqual({
      'cost of page 300 against page 1': false,
    });
  });

  it('compare starts by their time', () => {
    const start = (target, readyMs) => ({ target, round: 1, readyMs });
    const starts = [start('nest-fastify', 300), start('evernest', 500)];
    const [goal] = judgeGoals({ turns: [], starts });
    expect(goal).toMatchObject({ reached: true, ratio: { median: 5 / 3 } });
  });
});
