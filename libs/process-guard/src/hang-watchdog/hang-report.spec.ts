import type { CallFrame } from './call-frames.js';
import { hangLastWords, hangSentence, type HangFindings } from './hang-report.js';
import type { MainThreadView } from './main-thread-view.js';

const AS_BUILT = { originOf: <Position>(position: Position) => position };
const REQUEST = { id: 'r-1', method: 'GET', route: '/books/:id' };
const FRAME: CallFrame = { functionName: 'findAll', file: '/srv/books.js', line: 12, column: 3 };
const FACTS = {
  bootId: 'b',
  pid: 7,
  pmId: null,
  at: new Date(0),
  uptimeSeconds: 60,
  rssBytes: 90,
  heapLimitBytes: 40,
};

const view = (changes: Partial<MainThreadView> = {}): MainThreadView => ({
  debuggerIsOpen: false,
  frames: [FRAME],
  request: REQUEST,
  heapUsedBytes: 10,
  externalBytes: 2,
  activeResources: { Timeout: 2 },
  ...changes,
});

const found = (changes: Partial<HangFindings> = {}): HangFindings => ({
  stalledMs: 2345,
  hasAnswered: true,
  view: view(),
  lastBegun: null,
  difficulty: undefined,
  ...changes,
});
const native = (changes: Partial<HangFindings> = {}) =>
  found({ hasAnswered: false, view: undefined, ...changes });

describe('the sentence about a hang', () => {
  it.each([
    [
      'JavaScript in a request',
      found(),
      'The event loop stood still for 2.3 s in GET /books/:id (request r-1), at findAll (/srv/books.js:12:3)',
    ],
    [
      'JavaScript outside of any request',
      found({ view: view({ request: null }) }),
      'The event loop stood still for 2.3 s, at findAll (/srv/books.js:12:3)',
    ],
    ['a description that cannot be read', found({ view: undefined }), 'The event loop stood still for 2.3 s'],
    [
      'native code',
      native(),
      'The event loop stood still for 2.3 s in native code, which cannot be interrupted',
    ],
    [
      'native code after a request began',
      native({ lastBegun: REQUEST }),
      'The event loop stood still for 2.3 s in native code, which cannot be interrupted; the request that began last was GET /books/:id (request r-1)',
    ],
  ])('names what is known: %s', (_case, findings, sentence) => {
    expect(hangSentence(findings, AS_BUILT)).toBe(sentence);
  });

  it('is one line, whatever a path contains', () => {
    const request = { ...REQUEST, route: '/a\n[HangWatchdog] forged\u001b[2J' };
    expect(hangSentence(found({ view: view({ request }) }), AS_BUILT)).not.toMatch(/\p{Cc}/u);
  });
});

describe('the last words of a hang', () => {
  it('tell everything that was found', () => {
    const words = hangLastWords(found({ lastBegun: REQUEST }), FACTS, [], AS_BUILT, true);
    expect(words).toEqual({
      bootId: 'b',
      pid: 7,
      pmId: null,
      at: '1970-01-01T00:00:00.000Z',
      cause: 'hang',
      exitCode: 137,
      message: `${hangSentence(found(), AS_BUILT)}.`,
      stack: '    at findAll (/srv/books.js:12:3)',
      request: REQUEST,
      memory: { rssBytes: 90, heapUsedBytes: 10, heapLimitBytes: 40, externalBytes: 2 },
      uptimeSeconds: 60,
      evidence: {
        stalledForMs: 2345,
        requestIs: 'running',
        lastBegunRequest: REQUEST,
        activeResources: { Timeout: 2 },
        threads: [],
        isKilledByWatchdog: true,
      },
    });
  });

  it('of native code have the request that began last, and say that it is only that', () => {
    const words = hangLastWords(native({ lastBegun: REQUEST }), FACTS, [], AS_BUILT, true);
    expect(words).toMatchObject({ stack: null, request: REQUEST, memory: { heapUsedBytes: null } });
    expect(words.evidence).toMatchObject({ requestIs: 'the last that began', activeResources: null });
  });

  it('do not blame the request that began last if the main thread answers that it runs none', () => {
    const findings = found({ view: view({ request: null }), lastBegun: REQUEST });
    expect(hangLastWords(findings, FACTS, [], AS_BUILT, true).request).toBeNull();
  });

  it('say what went wrong in finding out', () => {
    const words = hangLastWords(
      found({ view: undefined, difficulty: 'Error: no' }),
      FACTS,
      [],
      AS_BUILT,
      true,
    );
    expect(words.evidence['difficulty']).toBe('Error: no');
  });
});
