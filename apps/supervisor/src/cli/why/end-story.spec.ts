import type { LastWords } from '@evernest/process-guard';
import type { Decision } from '../../decisions/decision.js';
import { decision } from '../ops.fixture.js';
import { endStory, lastEndOf } from './end-story.js';

const MEBIBYTE = 1024 * 1024;
const NOW = '2026-11-21T15:33:32.000Z';

function lastWords(changes: Partial<LastWords>): LastWords {
  return {
    bootId: '20261121T150000000Z-4711-9f3c',
    pid: 4711,
    pmId: 0,
    at: '2026-11-21T15:30:12.000Z',
    cause: 'asked',
    exitCode: 0,
    message: 'Asked to stop by SIGINT.',
    stack: null,
    request: null,
    memory: { rssBytes: 213 * MEBIBYTE, heapUsedBytes: null, heapLimitBytes: null, externalBytes: null },
    uptimeSeconds: 3725,
    evidence: {},
    ...changes,
  };
}

/** What is told between the first sentence and the decision. */
function told(words: Partial<LastWords>): readonly string[] {
  const story = storyOf(decision({ evidence: { lastWords: lastWords(words) } }));
  return story.slice(
    1,
    story.findIndex((sentence) => sentence.startsWith('The decision ')),
  );
}

function storyOf(...newestFirst: Decision[]): readonly string[] {
  const end = lastEndOf(newestFirst, 0);
  return end ? endStory(end, NOW) : [];
}

describe('why a worker ended', () => {
  it('begins with the worker and the time, and ends with what was done and how long it took', () => {
    expect(storyOf(decision({ action: 'kill', evidence: { lastWords: lastWords({}) } }))).toEqual([
      'Worker 0 (process 4711) ended at 2026-11-21 15:30:12 UTC, 3 min 20 s ago.',
      'It was asked to stop: Asked to stop by SIGINT.',
      'It occupied 213 MiB.',
      'It had run for 1 h 2 min and left with exit code 0.',
      'The decision 20261121T153012345Z-0000 says: Worker 0 ended by itself.',
      'The supervisor killed it, and pm2 started it again. Done after 400 ms: Process 4712 was ready 0.4 s later.',
    ]);
  });

  it('tells of a worker that a roll-out replaced, though the decision is about all of them', () => {
    const atMs = Date.parse('2026-11-21T15:32:32.000Z');
    const end = { pmId: 0, pid: 4700, bootId: 'boot-0', startedAtMs: 0, atMs, cause: 'asked' };
    const reload = decision({
      action: 'reload',
      worker: null,
      reason: 'Asked for.',
      evidence: { ends: [end] },
    });
    expect(storyOf(reload).slice(0, 3)).toEqual([
      'Worker 0 (process 4700) ended at 2026-11-21 15:32:32 UTC, 1 min ago.',
      'It was asked to leave, because new code was rolled out.',
      'The decision 20261121T153012345Z-0000 says: Asked for.',
    ]);
  });

  it('claims nothing for the supervisor where the worker ended without it', () => {
    expect(storyOf(decision()).at(-1)).toBe('Process 4712 was ready 0.4 s later.');
  });

  it('tells of a hang its length, the request and the function', () => {
    expect(
      told({
        cause: 'hang',
        exitCode: 137,
        message: 'The event loop stood still for 2.3 s.',
        stack: '    at findAll (apps/catalog/src/books/books.service.ts:12:3)',
        request: { id: '7', method: 'GET', route: '/books/:id' },
        evidence: { stalledForMs: 2345, requestIs: 'running' },
      }),
    ).toEqual([
      'It hung: its event loop stood still for 2.3 s, so its watchdog killed it.',
      'It was answering GET /books/:id (request 7).',
      'The function: findAll (apps/catalog/src/books/books.service.ts:12:3).',
      'It occupied 213 MiB.',
      'It had run for 1 h 2 min and left with exit code 137.',
    ]);
  });

  it('does not say of early words that the watchdog killed', () => {
    const evidence = { stalledForMs: 1200, isKilledByWatchdog: false };
    expect(told({ cause: 'hang', exitCode: 137, evidence })[0]).toMatch(
      /^Its event loop had stood still for 1.2 s when others ended it/,
    );
  });

  it('does not accuse the request that only began last of a hang in native code', () => {
    const sentences = told({
      cause: 'hang',
      exitCode: 137,
      request: { id: '7', method: 'GET', route: '/books' },
      evidence: { requestIs: 'the last that began' },
    });
    expect(sentences.slice(0, 3)).toEqual([
      'It hung: its event loop stood still, so its watchdog killed it.',
      'The request that began last was GET /books (request 7), which need not be the one at fault.',
      'It hung in native code, which has no stack to show.',
    ]);
  });

  it('tells of memory the limit, the heap and whether it leaks', () => {
    const memory = {
      rssBytes: 690 * MEBIBYTE,
      heapUsedBytes: 480 * MEBIBYTE,
      heapLimitBytes: 512 * MEBIBYTE,
      externalBytes: MEBIBYTE,
    };
    const evidence = {
      rssLimitBytes: 700 * MEBIBYTE,
      heapFloorBytes: 450 * MEBIBYTE,
      heapFloorSlopeBytesPerMinute: 30 * MEBIBYTE,
      drainedInMs: 120,
      cutOff: 2,
    };
    const words = { cause: 'memory', exitCode: 72, message: 'the heap is nearly full', memory } as const;
    expect(told({ ...words, evidence })).toEqual([
      'Its memory ran short, so it asked to be replaced before it reached its limit: the heap is nearly full.',
      'It occupied 690 MiB of the 700 MiB allowed, 480 MiB of it in a heap of at most 512 MiB.',
      'The last collection of garbage left 450 MiB in the heap, and that rose by 30 MiB a minute: a leak, or more work than it has memory for.',
      'It finished its requests in 120 ms, 2 cut off at the deadline.',
      'It had run for 1 h 2 min and left with exit code 72.',
    ]);
    expect(
      told({ ...words, evidence: { ...evidence, heapFloorSlopeBytesPerMinute: -1, cutOff: 0 } }),
    ).toEqual(
      expect.arrayContaining([
        'The last collection of garbage left 450 MiB in the heap, and that did not rise: no leak, but too much at once.',
        'It finished its requests in 120 ms, none lost.',
      ]),
    );
    expect(told({ ...words, evidence: { heapFloorBytes: null } })).toHaveLength(3);
  });

  it('tells of a fatal error what was thrown, where, and in which request', () => {
    const words = {
      cause: 'fatal-error',
      exitCode: 70,
      message: 'no such column',
      stack:
        'Error: no such column\n    at BooksRepository.find (apps/catalog/src/books/books.repository.ts:3:9)',
      request: { id: '9', method: 'POST', route: '/books' },
    } as const;
    expect(told({ ...words, evidence: { origin: 'uncaughtException' } }).slice(0, 3)).toEqual([
      'It threw an error that nobody caught: no such column.',
      'It was answering POST /books (request 9).',
      'The function: BooksRepository.find (apps/catalog/src/books/books.repository.ts:3:9).',
    ]);
    expect(told({ ...words, evidence: { origin: 'unhandledRejection' } })[0]).toBe(
      'A promise was rejected and nobody handled it: no such column.',
    );
  });

  it('tells of a failed start what was missing', () => {
    expect(told({ cause: 'start-failed', exitCode: 71, message: 'PORT is taken!' })[0]).toBe(
      'It could not start: PORT is taken!',
    );
  });

  it('tells of a cause that it does not know what it can', () => {
    expect(told({ cause: 'evicted' as 'asked', message: 'no room' })[0]).toBe('It ended, evicted: no room.');
  });

  it('says so when there are no last words, or they cannot be read', () => {
    const action = 'kill';
    expect(storyOf(decision({ action, evidence: {} }))[1]).toMatch(/^It left no last words/);
    expect(storyOf(decision({ action, evidence: { lastWords: { cause: 'hang' } } }))[1]).toMatch(
      /^It left no last/,
    );
    expect(storyOf(decision({ action, evidence: { lastWords: '{"cau…' } }))[1]).toMatch(
      /too long to be kept/,
    );
  });

  it('goes on with what was decided since, oldest first', () => {
    const park = decision({
      action: 'park',
      reason: 'It ended 5 times in 30 s.',
      at: '2026-11-21T15:30:20.000Z',
    });
    const trial = decision({ action: 'try', reason: 'It rested for 30 s.', outcome: null, durationMs: null });
    expect(storyOf(trial, park, decision(), decision({ reason: 'An earlier end.' })).slice(4)).toEqual([
      'Then, at 2026-11-21 15:30:20 UTC: It ended 5 times in 30 s.',
      'The supervisor parked it: it ended too often and rests for a while. Done after 400 ms: Process 4712 was ready 0.4 s later.',
      'Then, at 2026-11-21 15:30:12 UTC: It rested for 30 s.',
      'The supervisor gave it one trial start. That is under way.',
    ]);
  });

  it('says what failed and what was interrupted', () => {
    const outcome = { result: 'failed', message: 'It was not ready within 30 s.' } as const;
    expect(storyOf(decision({ action: 'replace', outcome })).at(-1)).toBe(
      'The supervisor put a new worker in its place, new before old. That failed after 400 ms: It was not ready within 30 s.',
    );
    expect(
      storyOf(decision({ action: 'kill', outcome: { ...outcome, result: 'interrupted' } })).at(-1),
    ).toContain('The supervisor ended meanwhile after 400 ms');
  });

  it('knows of no end where there was only an alarm', () => {
    expect(lastEndOf([decision({ action: 'alarm' })], 0)).toBeNull();
  });
});
