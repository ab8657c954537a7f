import { jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { LastWords } from '@evernest/process-guard';
import fc from 'fast-check';
import type { Decision } from './decision.js';
import { DecisionLog, type NewDecision } from './decision-log.js';
import { KnownProcesses } from './known-processes.js';
import { leave } from './last-words.fixture.js';
import { LastWordsReader } from './last-words-reader.js';
import { WorkerEnds } from './worker-ends.js';
import type { WorkerEnd } from './worker-end.js';

const START_MS = Date.parse('2026-11-21T15:00:00Z');
const DONE = { result: 'done', message: 'It went well.' } as const;
const FAILED = { result: 'failed', message: 'It did not go well.' } as const;

let root: string;
let guard: string;
let nowMs: number;
let logs: DecisionLog[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'evernest-ends-'));
  guard = join(root, 'guard');
  nowMs = START_MS + 60_000;
  logs = [];
  jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => {});
  jest.spyOn(Logger.prototype, 'log').mockImplementation(() => {});
});
afterEach(() => {
  for (const log of logs) log.close();
  rmSync(root, { recursive: true, force: true });
});

async function start() {
  const now = () => nowMs;
  const log = new DecisionLog(join(root, 'supervisor'), { now });
  logs.push(log);
  const { interrupted } = await log.open();
  const known = new KnownProcesses(join(root, 'supervisor/workers.json'));
  const ends = new WorkerEnds(log, new LastWordsReader(guard), known, now);
  return { log, ends, interrupted };
}

/** The end of worker 1, which ran as process 4711 for a minute. */
const endOf = (given: Partial<WorkerEnd> = {}): WorkerEnd => ({
  pmId: 1,
  pid: 4711,
  bootId: null,
  startedAtMs: START_MS,
  atMs: START_MS + 60_500,
  ...given,
});

const about = (action: Decision['action'], given: Partial<WorkerEnd> = {}): NewDecision => ({
  worker: action === 'reload' ? null : endOf(given),
  action,
  reason: 'It has to be.',
  evidence: { silentForMs: 3000 },
});

describe('the end of a worker that nobody of ours caused', () => {
  it('is one record with the last words', async () => {
    const { log, ends } = await start();
    const words = leave(guard);
    expect(ends.noteEnd(endOf())).toMatchObject({ cause: 'fatal-error', isOurs: false, isNew: true });
    expect(log.recent()).toEqual([
      expect.objectContaining({
        action: 'restart',
        worker: { pmId: 1, pid: 4711, bootId: words.bootId },
        reason: 'Worker 1 ended by itself. Process 4711 ended by an error that nobody caught: a timer broke.',
        evidence: { ends: [{ ...endOf({ bootId: words.bootId }), cause: 'fatal-error' }], lastWords: words },
        outcome: expect.objectContaining({ result: 'done' }),
      }),
    ]);
  });

  it('is one record without last words, too', async () => {
    const { log, ends } = await start();
    expect(ends.noteEnd(endOf({ bootId: 'boot' })).cause).toBe('unknown');
    expect(log.recent()).toHaveLength(1);
    expect(log.recent()[0]?.reason).toContain('ended without last words');
    expect(log.recent()[0]?.evidence).toMatchObject({ lastWords: null });
  });

  it('is recorded once, however often it is noted, also by the next supervisor', async () => {
    const { log, ends } = await start();
    const first = ends.noteEnd(endOf());
    expect(ends.noteEnd(endOf({ atMs: nowMs + 5 }))).toEqual({ ...first, isNew: false });
    expect(log.recent()).toHaveLength(1);
    const next = await start();
    expect(next.ends.noteEnd(endOf()).decision.id).toBe(first.decision.id);
    expect(next.log.recent()).toHaveLength(1);
  });

  it('is another one for the next process with that number', async () => {
    const { log, ends } = await start();
    ends.noteEnd(endOf());
    ends.noteEnd(endOf({ startedAtMs: START_MS + 1 }));
    expect(log.recent()).toHaveLength(2);
  });
});

describe('the end of a worker that a decision is about', () => {
  it.each(['kill', 'replace', 'park'] as const)('gives its last words to a %s under way', async (action) => {
    const { log, ends } = await start();
    const { id } = log.begin(about(action));
    const words = leave(guard, { at: new Date(nowMs + 100).toISOString(), cause: 'hang' });
    expect(ends.ownerOf(endOf())?.id).toBe(id);
    expect(ends.noteEnd(endOf())).toMatchObject({
      decision: { id },
      cause: 'hang',
      isOurs: true,
      isNew: true,
    });
    expect(ends.noteEnd(endOf())).toMatchObject({ decision: { id }, isOurs: true, isNew: false });
    log.finish(id, DONE);
    expect(log.recent()).toHaveLength(1);
    expect(log.recent()[0]?.evidence).toMatchObject({ silentForMs: 3000, lastWords: words });
  });

  it.each(['replace', 'park'] as const)(
    'is followed by that of the process that pm2 started meanwhile, which a %s removes as well',
    async (action) => {
      const { log, ends } = await start();
      const { id } = log.begin(about(action));
      const successor = endOf({ pid: 4712, bootId: null, startedAtMs: nowMs + 50, atMs: nowMs + 100 });
      expect(ends.noteEnd(successor)).toMatchObject({ decision: { id }, isOurs: true });
      log.finish(id, DONE);
      expect(log.recent()).toHaveLength(1);
    },
  );

  it('needs no second record when it is missed after the decision is over', async () => {
    const { log, ends } = await start();
    const { id } = log.begin(about('replace'));
    log.finish(id, DONE);
    expect(ends.noteEnd(endOf())).toMatchObject({ decision: { id }, isOurs: true, isNew: false });
    expect(log.recent()).toHaveLength(1);
  });

  it('is a record of its own after a decision that failed', async () => {
    const { log, ends } = await start();
    log.finish(log.begin(about('replace')).id, FAILED);
    expect(ends.noteEnd(endOf())).toMatchObject({ decision: { action: 'restart' }, isOurs: false });
  });

  it('is not taken for that of a later process with its number', async () => {
    const { log, ends } = await start();
    log.finish(log.begin(about('kill')).id, DONE);
    const later = endOf({ startedAtMs: nowMs + 10_000, atMs: nowMs + 20_000 });
    expect(ends.noteEnd(later).isOurs).toBe(false);
  });

  it.each(['try', 'alarm'] as const)('is not brought about by %s', async (action) => {
    const { log, ends } = await start();
    log.begin(about(action));
    expect(ends.noteEnd(endOf()).isOurs).toBe(false);
  });

  it('belongs to another worker if that one crashes meanwhile', async () => {
    const { log, ends } = await start();
    log.begin(about('kill'));
    expect(ends.noteEnd(endOf({ pmId: 2, pid: 4712 })).isOurs).toBe(false);
    expect(log.recent().map(({ action }) => action)).toEqual(['restart', 'kill']);
  });
});

describe('a roll-out', () => {
  const asked = (pid: number, at = nowMs): LastWords =>
    leave(guard, { bootId: `boot-${pid}`, pid, cause: 'asked', at: new Date(at).toISOString() });

  it('owns the workers that were asked to stop meanwhile, and no crash', async () => {
    const { log, ends } = await start();
    const { id } = log.begin(about('reload'));
    for (const pid of [11, 12]) {
      const words = asked(pid);
      expect(ends.noteEnd(endOf({ pid, bootId: words.bootId }))).toMatchObject({
        decision: { id },
        isNew: true,
      });
    }
    leave(guard, { bootId: 'boot-13', pid: 13, at: new Date(nowMs).toISOString() });
    expect(ends.noteEnd(endOf({ pid: 13, bootId: 'boot-13' })).isOurs).toBe(false);
    expect(log.find(id)?.evidence['ends']).toEqual([
      expect.objectContaining({ pid: 11, cause: 'asked', lastWords: expect.objectContaining({ pid: 11 }) }),
      expect.objectContaining({ pid: 12 }),
    ]);
  });

  it('owns a worker that is missed when it is over, and none that was asked by somebody else later', async () => {
    const { log, ends } = await start();
    const { id } = log.begin(about('reload'));
    asked(11);
    nowMs += 5000;
    log.finish(id, DONE);
    expect(ends.noteEnd(endOf({ pid: 11, bootId: 'boot-11', atMs: nowMs + 800 })).decision.id).toBe(id);
    asked(12, nowMs + 2000);
    expect(ends.noteEnd(endOf({ pid: 12, bootId: 'boot-12', atMs: nowMs + 3000 })).isOurs).toBe(false);
  });
});

describe('after a supervisor was away', () => {
  it('what ended meanwhile is recorded, once, and workers that drain are not', async () => {
    const before = await start();
    const known = before.ends.noteEnd(endOf({ bootId: leave(guard).bootId })).decision.id;
    const missed = leave(guard, { bootId: 'boot-12', pid: 12, at: '2026-11-21T15:02:00.000Z' });
    leave(guard, { bootId: 'boot-13', pid: 13, at: '2026-11-21T15:03:00.000Z', cause: 'asked' });
    leave(guard, { bootId: 'outside', pid: 14, pmId: null });
    const draining = [{ pmId: 3, pid: 13, bootId: null, startedAtMs: START_MS }];

    const { log, ends } = await start();
    const noted = await ends.catchUp(draining);
    expect(noted.map(({ decision }) => decision.evidence['lastWords'])).toEqual([missed]);
    expect(log.recent().map(({ id }) => id)).toEqual([known, noted[0]!.decision.id]);
    expect(await (await start()).ends.catchUp(draining)).toEqual([]);
    // Now it is gone, too.
    expect(ends.noteEnd(endOf({ pmId: 3, pid: 13, bootId: 'boot-13' }))).toMatchObject({ isNew: true });
    expect(await (await start()).ends.catchUp([])).toEqual([]);
  });

  it('a worker that was killed meanwhile is missed', async () => {
    const workers = [
      { pmId: 0, pid: 10, bootId: 'boot-10', startedAtMs: START_MS },
      { pmId: 1, pid: 11, bootId: null, startedAtMs: START_MS },
      { pmId: 2, pid: null, bootId: null, startedAtMs: null },
    ];
    (await start()).ends.remember(workers);
    const { log, ends } = await start();
    const successor = { pmId: 0, pid: 20, bootId: null, startedAtMs: START_MS + 9 };
    const noted = await ends.catchUp([successor, { ...workers[1]!, bootId: 'boot-11' }]);
    expect(noted).toEqual([expect.objectContaining({ cause: 'unknown', isNew: true })]);
    expect(log.recent().map(({ worker }) => worker)).toEqual([{ pmId: 0, pid: 10, bootId: 'boot-10' }]);
    expect(await (await start()).ends.catchUp([successor])).toHaveLength(1);
  });

  it('the end that an interrupted decision brought about belongs to it', async () => {
    const before = await start();
    const { id } = before.log.begin(about('kill'));
    before.ends.remember([endOf()]);
    const { log, ends, interrupted } = await start();
    expect(interrupted?.id).toBe(id);
    const [noted] = await ends.catchUp([]);
    expect(noted).toMatchObject({ decision: { id }, isOurs: true });
    log.finish(id, { result: 'interrupted', message: 'The supervisor was killed.' });
    expect(log.recent()).toHaveLength(1);
    expect(await (await start()).ends.catchUp([])).toEqual([]);
  });

  it('the canary of a roll-out is no end of a worker', async () => {
    const before = await start();
    const { id } = before.log.begin(about('reload'));
    nowMs += 10_000;
    before.log.finish(id, FAILED);
    leave(guard, { bootId: 'canary', pid: 99, at: new Date(nowMs - 1000).toISOString(), uptimeSeconds: 5 });
    const { log, ends } = await start();
    expect(await ends.catchUp([])).toEqual([]);
    expect(log.recent()).toHaveLength(1);
  });

  it.each(['{', '[{"pid":"x"}]', 'null'])('a list of workers that says %s is nothing', async (text) => {
    const { ends } = await start();
    ends.remember([endOf()]);
    writeFileSync(join(root, 'supervisor/workers.json'), text);
    expect(await (await start()).ends.catchUp([])).toEqual([]);
  });
});

it('says of a worker that was asked to stop that it did not end by itself', async () => {
  const { ends } = await start();
  leave(guard, { cause: 'asked' });
  expect(ends.noteEnd(endOf()).decision.reason).toMatch(/^Worker 1 was stopped, not by the supervisor\. /);
});

it('every end has exactly one record, in whatever order it is seen, decided and missed', async () => {
  type Step = ['begin' | 'finish' | 'fail' | 'end' | 'away' | 'restart', number];
  const kind = fc.constantFrom<Step[0]>('begin', 'finish', 'fail', 'end', 'away', 'restart');
  const steps = fc.array(fc.tuple(kind, fc.nat(2)), { maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(steps, async (run) => {
      rmSync(root, { recursive: true, force: true });
      nowMs = START_MS;
      let boots = 0;
      const newProcess = (pmId: number) => {
        boots += 1;
        // Numbers are given again soon.
        return { pmId, pid: 100 + (boots % 5), bootId: `boot-${1000 + boots}`, startedAtMs: nowMs };
      };
      const workers = [0, 1, 2].map(newProcess);
      let { log, ends } = await start();
      ends.remember(workers);
      const ended: WorkerEnd[] = [];
      for (const [step, pmId] of run) {
        nowMs += 20;
        const worker = workers[pmId]!;
        const underWay = log.recent().at(-1)?.outcome === null ? log.recent().at(-1) : undefined;
        if (step === 'begin' && !underWay) log.begin({ ...about('kill'), worker });
        if (step === 'finish' && underWay && ended.some(({ bootId }) => bootId === underWay.worker?.bootId)) {
          log.finish(underWay.id, DONE);
        }
        if (step === 'fail' && underWay) log.finish(underWay.id, FAILED);
        if (step === 'end' || step === 'away') {
          const end = { ...worker, atMs: nowMs };
          if (boots % 2) leave(guard, { ...worker, at: new Date(nowMs - 1).toISOString(), uptimeSeconds: 0 });
          ended.push(end);
          nowMs += 20;
          workers[pmId] = newProcess(pmId);
          if (step === 'end') ends.noteEnd(end);
        }
        if (step === 'restart' || step === 'away') {
          ({ log, ends } = await start());
          await ends.catchUp(workers);
        } else ends.remember(workers);
      }
      const told = log.recent().flatMap(({ evidence }) => (evidence['ends'] ?? []) as WorkerEnd[]);
      expect(new Set(told.map(({ bootId }) => bootId))).toEqual(new Set(ended.map(({ bootId }) => bootId)));
      expect(told).toHaveLength(ended.length);
    }),
    { numRuns: 60 },
  );
});
