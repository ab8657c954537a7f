import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { availableParallelism, setPriority } from 'node:os';
import { relative } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { ROOT } from '../support/service.js';
import {
  WatchedProcess,
  WAYS_SOURCE,
  type WatchedOptions,
  type WayToHang,
} from '../support/hang-watchdog/watched-process.js';

const TIMEOUT_MS = 500;
/** Long enough for some beats. */
const BEATS_MS = 100;
const REQUEST = { id: '0193-request', method: 'GET', route: '/books/:id' };

let started: WatchedProcess[];
beforeEach(() => {
  started = [];
});
afterEach(() => Promise.all(started.map((watched) => watched.dispose())));

async function watch(options: Partial<WatchedOptions> = {}): Promise<WatchedProcess> {
  const watched = await WatchedProcess.start({ timeoutMs: TIMEOUT_MS, ...options });
  started.push(watched);
  return watched;
}

/** Until the watchdog would have found and killed it, if it wanted to. */
async function liveOn(watched: WatchedProcess): Promise<void> {
  await watched.ask('liveFor', { milliseconds: 3 * TIMEOUT_MS });
  await expect(watched.lastWords()).rejects.toMatchObject({ code: 'ENOENT' });
}

/** Which line of a spin an engine is on when it is between two rounds is a matter of its version. */
const ANY_LINE = '';

/** `test/support/….ts:7:`, where the source says so. */
function placeOf(code: string): string {
  const file = relative(ROOT, WAYS_SOURCE);
  if (code === ANY_LINE) return `${file}:`;
  const lines = readFileSync(WAYS_SOURCE, 'utf8').split('\n');
  return `${file}:${lines.findIndex((line) => line.includes(code)) + 1}:`;
}

describe('the hang watchdog', () => {
  it.each<[way: WayToHang, code: string]>([
    ['endlessLoop', 'for (;;); //'],
    ['catastrophicRegularExpression', '.test('],
    ['nextTickSpin', ANY_LINE],
    ['awaitSpin', ANY_LINE],
    ['endlessWait', 'Atomics.wait('],
  ])('kills %s, and names the function, its line in TypeScript and the request', async (way, code) => {
    const watched = await watch();
    watched.tell('hang', { way, request: REQUEST });
    const { signal, stderr } = await watched.end();
    const words = await watched.lastWords();

    expect(signal).toBe('SIGKILL');
    expect(words).toMatchObject({ cause: 'hang', exitCode: 137, pmId: 3, request: REQUEST });
    expect(words.pid).toBe(watched.child.pid);
    expect(words.message).toContain(`in GET /books/:id (request 0193-request), at ${way} (${placeOf(code)}`);
    expect(words.stack).toContain(`at ${way} (${placeOf(code)}`);
    expect(words.memory.heapUsedBytes).toBeGreaterThan(1e6);
    expect(words.evidence).toMatchObject({
      requestIs: 'running',
      activeResources: { Timeout: expect.any(Number) },
    });
    expect(words.evidence['stalledForMs']).toBeGreaterThanOrEqual(TIMEOUT_MS);
    expect(stderr).toContain(words.message);
  });

  it('kills a microtask spin, of which the engine may show no more than the built-in function', async () => {
    const watched = await watch();
    watched.tell('hang', { way: 'microtaskSpin', request: REQUEST });
    expect(await watched.end()).toMatchObject({ signal: 'SIGKILL' });
    const words = await watched.lastWords();
    expect(words.request).toEqual(REQUEST);
    expect(words.message).toMatch(/, at (microtaskSpin|Promise\.then|\w*[pP]romise\w*) \(/);
  });

  it('shows the innermost 50 calls of a deep stack', async () => {
    const watched = await watch();
    watched.tell('hang', { way: 'deepLoop' });
    await watched.end();
    const { stack, request } = await watched.lastWords();
    expect(stack?.split('\n')[0]).toContain(`endlessLoop (${placeOf('for (;;); //')}`);
    expect(stack?.split('\n').length).toBeGreaterThan(40);
    expect(stack?.split('\n').length).toBeLessThanOrEqual(50);
    expect(request).toBeNull();
  });

  it('kills native code, and tells the request that began last and what the kernel says', async () => {
    const watched = await watch();
    watched.tell('hang', { way: 'slowHash', request: REQUEST });
    expect(await watched.end()).toMatchObject({ signal: 'SIGKILL' });
    const words = await watched.lastWords();
    expect(words).toMatchObject({ cause: 'hang', request: REQUEST, stack: null });
    expect(words.message).toContain('in native code');
    expect(words.message).toContain('the request that began last was GET /books/:id (request 0193-request).');
    expect(words.evidence['stalledForMs']).toBeGreaterThanOrEqual(2 * TIMEOUT_MS);
    expect(words.memory).toMatchObject({ rssBytes: expect.any(Number), heapUsedBytes: null });
    const threads = words.evidence['threads'] as { role: string; state: string }[];
    expect(threads.find(({ role }) => role === 'main')).toMatchObject({ state: 'R' });
  });

  it('writes last words of native code before it kills it, for somebody else may do that first', async () => {
    const watched = await watch({ timeoutMs: 2 * TIMEOUT_MS });
    watched.tell('hang', { way: 'slowHash', request: REQUEST });
    const words = await watched.firstLastWords();
    expect(words).toMatchObject({ cause: 'hang', request: REQUEST });
    expect(words.message).toContain('in native code');
    expect(words.evidence['stalledForMs']).toBeLessThan(4 * TIMEOUT_MS);
    expect(words.evidence['isKilledByWatchdog']).toBe(false);
  });

  it('kills a huge JSON.parse', async () => {
    const watched = await watch();
    watched.tell('hang', { way: 'hugeParse', request: REQUEST });
    expect(await watched.end()).toMatchObject({ signal: 'SIGKILL' });
    expect(await watched.lastWords()).toMatchObject({ cause: 'hang', request: REQUEST });
  });
});

describe('a process that the hang watchdog leaves alone', () => {
  it('is busy for less than the timeout, again and again', async () => {
    const watched = await watch();
    for (let turn = 0; turn < 4; turn += 1) {
      await watched.ask('hang', { way: 'busyFor', turn: { milliseconds: 0.7 * TIMEOUT_MS } });
    }
    await liveOn(watched);
    expect(watched.said).toBe('');
  });

  it('comes out of a native call shortly before it would be killed, and tells that it did', async () => {
    const watched = await watch({ timeoutMs: 1000 });
    const turn = { milliseconds: 1600 };
    await watched.ask('hang', { way: 'waitForCommand', turn, request: REQUEST });
    await liveOn(watched);
    expect(watched.said).toContain('in GET /books/:id (request 0193-request), at ');
    expect(watched.said).toContain('it moves again and the process lives on');
  });

  it('takes longer than the timeout to collect garbage', async () => {
    const execArgv = ['--expose-gc'];
    const unwatched = await watch({ isWatched: false, execArgv });
    const collect = (milliseconds: number) => ({ way: 'collectGarbage', turn: { milliseconds } });
    const usualMs = Number(await unwatched.ask('hang', collect(0)));
    await unwatched.dispose();
    // Twice the timeout is the least that native code is given, whatever it looks like.
    const timeoutMs = usualMs / 1.6;
    const watched = await watch({ timeoutMs, execArgv });
    expect(await watched.ask('hang', collect(timeoutMs))).toBeGreaterThan(timeoutMs);
    await liveOn(watched);
  });

  it('is stopped and continued, in the middle of a turn', async () => {
    const watched = await watch();
    const turn = watched.ask('hang', { way: 'computeFor', turn: { milliseconds: TIMEOUT_MS / 2 } });
    // The watchdog has to see the turn twice for the gap to be part of it.
    await passed(0.4 * TIMEOUT_MS);
    watched.child.kill('SIGSTOP');
    await passed(4 * TIMEOUT_MS);
    watched.child.kill('SIGCONT');
    await turn;
    await liveOn(watched);
    expect(watched.said).toBe('');
  });

  it('has to wait for a processor, however long a turn takes then', async () => {
    const timeoutMs = 2000;
    const watched = await watch({ timeoutMs });
    const rivals = Array.from({ length: 2 * availableParallelism() }, () =>
      spawn(process.execPath, ['-e', 'const end = Date.now() + 20_000; while (Date.now() < end);']),
    );
    try {
      // Of the main thread only: what it lacks, the watchdog has.
      setPriority(watched.child.pid ?? 0, 2);
      const startedAt = performance.now();
      await watched.ask('hang', { way: 'computeFor', turn: { milliseconds: 0.45 * timeoutMs } });
      expect(performance.now() - startedAt).toBeGreaterThan(1.25 * timeoutMs);
    } finally {
      for (const rival of rivals) rival.kill('SIGKILL');
    }
    await liveOn(watched);
  });

  it('has a debugger open, until it is closed', async () => {
    const watched = await watch();
    await watched.ask('openDebugger');
    await watched.ask('liveFor', { milliseconds: BEATS_MS });
    await watched.ask('hang', { way: 'busyFor', turn: { milliseconds: 3 * TIMEOUT_MS } });
    await watched.ask('hang', { way: 'waitForCommand', turn: { milliseconds: 3 * TIMEOUT_MS } });
    await liveOn(watched);
    await watched.ask('closeDebugger');
    await watched.ask('liveFor', { milliseconds: BEATS_MS });
    watched.tell('hang', { way: 'endlessLoop' });
    expect(await watched.end()).toMatchObject({ signal: 'SIGKILL' });
  });

  it('waits for a debugger that it has just opened', async () => {
    const watched = await watch();
    watched.tell('openDebuggerAndWait');
    await passed(5 * TIMEOUT_MS);
    expect(watched.child).toMatchObject({ exitCode: null, signalCode: null });
    await expect(watched.lastWords()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('stopped the watchdog, of which nothing is left', async () => {
    const watched = await watch();
    const unwatched = await watch({ isWatched: false });
    expect(await watched.ask('stop')).toEqual(await unwatched.ask('stop'));
    await watched.ask('hang', { way: 'busyFor', turn: { milliseconds: 4 * TIMEOUT_MS } });
    await liveOn(watched);
  });
});

describe('a process under the hang watchdog', () => {
  it('exits with its own code as soon as it wants to', async () => {
    const watched = await watch();
    watched.tell('exit', { code: 7 });
    expect(await watched.end()).toEqual({ exitCode: 7, signal: null, stderr: '' });
  });

  it('ends by itself when it has nothing more to do', async () => {
    const watched = await watch();
    watched.tell('letGo');
    expect(await watched.end()).toEqual({ exitCode: 0, signal: null, stderr: '' });
  });

  it('is killed even if its last words cannot be written', async () => {
    const watched = await watch({ lastWordsFolder: WAYS_SOURCE });
    watched.tell('hang', { way: 'endlessLoop' });
    const { signal, stderr } = await watched.end();
    expect(signal).toBe('SIGKILL');
    expect(stderr).toContain('its last words could not be written');
    await access(WAYS_SOURCE);
  });

  it('is killed even if it describes itself in a way that cannot be read', async () => {
    const watched = await watch();
    await watched.ask('breakDescription', { expression: '{"frames": 7}' });
    watched.tell('hang', { way: 'endlessLoop', request: REQUEST });
    expect(await watched.end()).toMatchObject({ signal: 'SIGKILL' });
  });

  it('is killed even if nobody reads what it says on stderr', async () => {
    const watched = await watch();
    // The thread loads its files with the helpers that will be stuck.
    await watched.ask('liveFor', { milliseconds: TIMEOUT_MS });
    watched.child.stderr?.pause();
    await watched.ask('fillStderr');
    watched.tell('hang', { way: 'endlessLoop' });
    await watched.exited;
    expect(watched.child.signalCode).toBe('SIGKILL');
    expect(await watched.lastWords()).toMatchObject({ cause: 'hang' });
  });
});
