import { lineFilter, type LineQuery } from './line-filter.js';
import { ReadLine } from './read-line.js';
import { lineAt, START_MS } from './reading.fixture.js';

const LINES = {
  warning: lineAt(1, { level: 'warn', context: 'BooksService', requestId: 'r-1', worker: 0 }),
  failure: lineAt(2, { level: 'error', message: 'Bücher', requestId: 'r-1', worker: 10 }),
  access: lineAt(3, { level: undefined, requestId: 'r-1', url: '/books', worker: 1 }),
  other: lineAt(4, { level: 'info', message: 'r-1', requestId: 'r-11', worker: 1 }),
  torn: new ReadLine('{"level":"error","requestId":"r-1","mess', START_MS + 5),
  foreign: new ReadLine('worker 1 says (r-1) Fehler: B\u00c3\u00bccher\r', START_MS + 6),
};

const found = (query: LineQuery) =>
  Object.entries(LINES)
    .filter(([, line]) => lineFilter(query)(line))
    .map(([name]) => name);

describe('what is wanted', () => {
  it.each<[string, LineQuery, string[]]>([
    ['nothing in particular', {}, ['warning', 'failure', 'access', 'other', 'torn', 'foreign']],
    ['a level and graver ones', { level: 'warn' }, ['warning', 'failure']],
    ['the gravest', { level: 'fatal' }, []],
    ['a context', { context: 'BooksService' }, ['warning']],
    ['a part of a context', { context: 'Books' }, []],
    ['a worker', { worker: 1 }, ['access', 'other']],
    ['worker 0', { worker: 0 }, ['warning']],
    [
      'a request, in access lines, torn and foreign ones too',
      { requestId: 'r-1' },
      ['warning', 'failure', 'access', 'torn', 'foreign'],
    ],
    ['a request of a worker', { requestId: 'r-1', worker: 1 }, ['access']],
    ['an id that is a pattern', { requestId: 'r.1' }, []],
    ['what comes since and until', { sinceMs: START_MS + 2, untilMs: START_MS + 3 }, ['failure', 'access']],
    ['a text', { pattern: /Bü[^"]*r"/ }, ['failure']],
    ['the end of a line from another system', { pattern: /Bücher$/ }, ['foreign']],
    ['a text and a level', { pattern: /requestId/, level: 'error' }, ['failure']],
  ])('is %s', (_what, query, names) => {
    expect(found(query)).toEqual(names);
  });

  it('is found whatever the id of a request is made of', () => {
    for (const requestId of ['a"b\\c', 'ü', '(', 'x\u2028y', '']) {
      expect(lineFilter({ requestId })(lineAt(0, { requestId }))).toBe(true);
    }
  });
});
