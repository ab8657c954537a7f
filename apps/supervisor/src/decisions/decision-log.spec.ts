import { jest } from '@jest/globals';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import type { Decision } from './decision.js';
import { DecisionLog, type DecisionLogOptions, type NewDecision } from './decision-log.js';

const WORKER = { pmId: 1, pid: 4711, bootId: 'boot-1' };
const KILL: NewDecision = {
  worker: WORKER,
  action: 'kill',
  reason: 'It has answered nothing for 3 s.',
  evidence: { silentForMs: 3000 },
};
const DONE = { result: 'done', message: 'A new one answers.' } as const;

let root: string;
let folder: string;
let file: string;
let nowMs: number;
let warnings: string[];
let logs: DecisionLog[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'evernest-decisions-'));
  folder = join(root, 'supervisor');
  file = join(folder, 'decisions.ndjson');
  nowMs = Date.UTC(2026, 10, 21, 15);
  warnings = [];
  logs = [];
  const note = (line: unknown) => void warnings.push((line as { message: string }).message);
  jest.spyOn(Logger.prototype, 'warn').mockImplementation(note);
  jest.spyOn(Logger.prototype, 'log').mockImplementation(note);
  jest.spyOn(Logger.prototype, 'error').mockImplementation(note);
});
afterEach(() => {
  for (const log of logs) log.close();
  rmSync(root, { recursive: true, force: true });
});

async function start(options: DecisionLogOptions = {}) {
  const log = new DecisionLog(folder, { now: () => nowMs, ...options });
  logs.push(log);
  const { interrupted } = await log.open();
  return { log, interrupted };
}

function linesOf(name: string): Decision[] {
  return readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Decision);
}

const idsOf = (decisions: readonly Decision[]) => decisions.map(({ id }) => id);

/** Adds a line as a supervisor would have written it. */
function lineOf(decision: Decision): string {
  return `${JSON.stringify(decision)}\n`;
}

describe('a decision', () => {
  it('is one line once its outcome is known, and in-progress.json until then', async () => {
    const { log } = await start();
    const begun = log.begin(KILL);
    expect(existsSync(file)).toBe(false);
    expect(JSON.parse(readFileSync(join(folder, 'in-progress.json'), 'utf8'))).toEqual(begun);
    nowMs += 250;
    const finished = log.finish(begun.id, DONE);
    expect(finished).toEqual({ ...begun, ...KILL, at: begun.at, outcome: DONE, durationMs: 250 });
    expect(linesOf('decisions.ndjson')).toEqual([finished]);
    expect(readdirSync(folder)).toEqual(['decisions.ndjson']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('that is over at once is recorded while another is under way', async () => {
    const { log } = await start();
    const begun = log.begin(KILL);
    const recorded = log.record({ ...KILL, action: 'restart', outcome: DONE });
    expect(recorded).toMatchObject({ outcome: DONE, durationMs: 0 });
    expect(idsOf(log.recent())).toEqual([recorded.id, begun.id]);
    expect(log.find(begun.id)).toEqual(begun);
    expect(idsOf(linesOf('decisions.ndjson'))).toEqual([recorded.id]);
  });

  it('is refused while another is under way, and cannot be finished twice', async () => {
    const { log } = await start();
    const { id } = log.begin(KILL);
    expect(() => log.begin(KILL)).toThrow(`decision ${id} is under way`);
    log.finish(id, DONE);
    expect(() => log.finish(id, DONE)).toThrow(`decision ${id} cannot be finished: none is under way`);
  });

  it('takes more evidence until it is finished', async () => {
    const { log } = await start();
    const { id } = log.begin(KILL);
    log.addEvidence(id, { cause: 'hang' });
    expect((await start()).interrupted?.evidence).toEqual({ silentForMs: 3000, cause: 'hang' });
    log.finish(id, DONE);
    expect(linesOf('decisions.ndjson')[0]?.evidence).toEqual({ silentForMs: 3000, cause: 'hang' });
    expect(log.addEvidence(id, { late: true })).toBeUndefined();
  });

  it('keeps evidence as it was, however large or odd it is', async () => {
    const { log } = await start();
    const odd: Record<string, unknown> = { count: 1n, quick() {}, text: 'x'.repeat(100_000) };
    odd['self'] = odd;
    const nested = { list: [1] };
    const { id, evidence } = log.record({ ...KILL, evidence: { nested, ...odd }, outcome: DONE });
    nested.list.push(2);
    expect(evidence).toMatchObject({
      nested: { list: [1] },
      count: expect.stringContaining('BigInt'),
      text: expect.stringMatching(/^x{1024}… \(100000 characters\)$/),
    });
    expect(evidence).not.toHaveProperty('quick');
    expect((await start()).log.find(id)?.evidence).toEqual(evidence);
  });

  it('never needs more than 40 KB', async () => {
    const { log } = await start();
    const evidence = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`field${index}`, 'x'.repeat(999)]),
    );
    log.record({ ...KILL, evidence, reason: 'y'.repeat(100_000), outcome: DONE });
    expect(statSync(file).size).toBeLessThan(40_000);
    expect(log.recent()[0]?.evidence).toMatchObject({ field0: 'x'.repeat(999), leftOut: expect.any(Array) });
  });
});

describe('ids', () => {
  it('sort by time, also across restarts and when the clock is set back', async () => {
    const ids: string[] = [];
    for (const stepMs of [0, 1, 0, -60_000, 0, 120_000]) {
      nowMs += stepMs;
      const { log } = await start();
      ids.push(log.record({ ...KILL, outcome: DONE }).id, log.record({ ...KILL, outcome: DONE }).id);
    }
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe('20261121T150000000Z-0000');
  });

  it('go on behind the decision that was interrupted', async () => {
    const { log } = await start();
    const { id } = log.begin(KILL);
    nowMs -= 10_000;
    const next = await start();
    next.log.finish(id, DONE);
    expect(next.log.begin(KILL).id > id).toBe(true);
  });
});

describe('a supervisor that starts again', () => {
  it('finds the decision under way, and finishes it', async () => {
    const { log } = await start();
    const begun = log.begin(KILL);
    const next = await start();
    expect(next.interrupted).toEqual(begun);
    expect(next.log.recent()).toEqual([begun]);
    next.log.finish(begun.id, { result: 'interrupted', message: 'The supervisor was killed.' });
    expect((await start()).interrupted).toBeNull();
    expect(idsOf(linesOf('decisions.ndjson'))).toEqual([begun.id]);
  });

  it('does not take a decision for unfinished whose line was written already', async () => {
    const { log } = await start();
    const begun = log.begin(KILL);
    const inProgress = readFileSync(join(folder, 'in-progress.json'));
    log.finish(begun.id, DONE);
    writeFileSync(join(folder, 'in-progress.json'), inProgress);
    const next = await start();
    expect(next.interrupted).toBeNull();
    expect(idsOf(next.log.recent())).toEqual([begun.id]);
    expect(readdirSync(folder)).toEqual(['decisions.ndjson']);
  });

  it('reads the newest thousand, from rotated files too', async () => {
    const { log } = await start({ rotateAtBytes: 100_000 });
    for (let index = 0; index < 1200; index += 1) log.record({ ...KILL, outcome: DONE });
    expect(log.recent()).toHaveLength(1000);
    expect(readdirSync(folder).length).toBeGreaterThan(2);
    const next = await start({ rotateAtBytes: 100_000 });
    expect(next.log.recent()).toEqual(log.recent());
    next.log.begin(KILL);
    expect(next.log.recent()).toHaveLength(1000);
  });
});

describe('the file', () => {
  it('is rotated before it grows too large, and three are kept', async () => {
    const { log } = await start({ rotateAtBytes: 1000 });
    for (let index = 0; index < 50; index += 1) log.record({ ...KILL, outcome: DONE });
    const names = ['decisions.1.ndjson', 'decisions.2.ndjson', 'decisions.3.ndjson', 'decisions.ndjson'];
    expect(readdirSync(folder)).toEqual(names);
    for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1000);
    const kept = [...names.slice(0, 3).toReversed(), 'decisions.ndjson'].flatMap(linesOf);
    expect(idsOf(kept)).toEqual(idsOf(log.recent()).slice(-kept.length));
  });

  it('that a rotation was interrupted in loses none of the older ones', async () => {
    const { log } = await start({ rotateAtBytes: 1000 });
    for (let index = 0; index < 20; index += 1) log.record({ ...KILL, outcome: DONE });
    const before = readFileSync(join(folder, 'decisions.2.ndjson'));
    rmSync(join(folder, 'decisions.1.ndjson'));
    while (!existsSync(join(folder, 'decisions.1.ndjson'))) log.record({ ...KILL, outcome: DONE });
    expect(readFileSync(join(folder, 'decisions.2.ndjson'))).toEqual(before);
  });

  it('sets lines aside that it does not understand, with one warning, and keeps the others', async () => {
    const { log } = await start();
    const first = log.record({ ...KILL, outcome: DONE });
    appendFileSync(file, `{"id":"${first.id}"}\nnot JSON\n\0\0\0\n`);
    const last = log.record({ ...KILL, outcome: DONE });
    const next = await start();
    expect(idsOf(next.log.recent())).toEqual([first.id, last.id]);
    expect(idsOf(linesOf('decisions.ndjson'))).toEqual([first.id, last.id]);
    expect(warnings).toEqual([expect.stringContaining('3 of 5 lines cannot be understood; they are now in')]);
    const aside = readdirSync(folder).find((name) => name.startsWith('decisions.ndjson.corrupt-'));
    expect(readFileSync(join(folder, aside!), 'utf8')).toContain('\nnot JSON\n');
    await start();
    expect(warnings).toHaveLength(1);
  });

  it('is repaired when its last line was cut by a power cut', async () => {
    const { log } = await start();
    const first = log.record({ ...KILL, outcome: DONE });
    log.record({ ...KILL, outcome: DONE });
    truncateSync(file, statSync(file).size - 10);
    // Even before a supervisor reads it again.
    const third = log.record({ ...KILL, outcome: DONE });
    const next = await start();
    expect(idsOf(next.log.recent())).toEqual([first.id, third.id]);
    expect(idsOf(linesOf('decisions.ndjson'))).toEqual([first.id, third.id]);
  });

  it('loses nothing when only the last line feed is missing', async () => {
    const { log } = await start();
    const first = log.record({ ...KILL, outcome: DONE });
    truncateSync(file, statSync(file).size - 1);
    const next = await start();
    const second = next.log.record({ ...KILL, outcome: DONE });
    expect(idsOf((await start()).log.recent())).toEqual([first.id, second.id]);
    expect(warnings).toEqual([]);
  });

  it('shows a decision once that stands in it twice', async () => {
    const { log } = await start();
    const once = log.record({ ...KILL, outcome: DONE });
    appendFileSync(file, lineOf(once));
    expect(idsOf((await start()).log.recent())).toEqual([once.id]);
  });

  it('moves an in-progress.json aside that it does not understand', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'in-progress.json'), '{"id":');
    const { log, interrupted } = await start();
    expect(interrupted).toBeNull();
    expect(warnings).toEqual([expect.stringContaining('in-progress.json cannot be understood')]);
    log.begin(KILL);
    expect(readdirSync(folder).filter((name) => name.startsWith('in-progress'))).toHaveLength(2);
  });

  it('keeps three corrupt ones at most', async () => {
    for (let index = 0; index < 6; index += 1) {
      nowMs += 1;
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, 'not JSON\n');
      await start();
    }
    expect(readdirSync(folder).filter((name) => name.includes('.corrupt-'))).toHaveLength(3);
  });
});

describe('without a disk', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** Even root cannot make a folder in a file. */
  function breakDisk(): void {
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(folder, '');
  }

  it('decisions go on in memory with one warning, and are written when it is there again', async () => {
    const { log } = await start();
    breakDisk();
    const first = log.record({ ...KILL, outcome: DONE });
    const second = log.finish(log.begin(KILL).id, DONE);
    const third = log.begin(KILL);
    jest.advanceTimersByTime(20_000);
    expect(idsOf(log.recent())).toEqual([first.id, second.id, third.id]);
    expect(warnings).toEqual([expect.stringContaining('decisions cannot be kept in')]);
    rmSync(folder);
    jest.advanceTimersByTime(5000);
    expect(warnings).toHaveLength(2);
    expect(warnings[1]).toContain('the missed ones too');
    expect(linesOf('decisions.ndjson')).toEqual([first, second]);
    expect((await start()).interrupted).toEqual(third);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that takes one write and refuses the next is warned of once', async () => {
    const { log } = await start();
    // Whatever is begun cannot be written, and what is finished can.
    mkdirSync(join(folder, 'in-progress.json.tmp'), { recursive: true });
    for (let index = 0; index < 5; index += 1) log.finish(log.begin(KILL).id, DONE);
    expect(warnings).toHaveLength(1);
    expect(linesOf('decisions.ndjson')).toEqual(log.recent());
    jest.advanceTimersByTime(5000);
    expect(warnings[1]).toContain('again');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('starts', async () => {
    breakDisk();
    const { log, interrupted } = await start();
    expect(interrupted).toBeNull();
    expect(() => log.finish(log.begin(KILL).id, DONE)).not.toThrow();
    expect(log.recent()).toHaveLength(1);
  });

  it('remembers a thousand unwritten ones, and says how many there were besides', async () => {
    const { log } = await start();
    breakDisk();
    for (let index = 0; index < 1010; index += 1) log.record({ ...KILL, outcome: DONE });
    rmSync(folder);
    jest.advanceTimersByTime(5000);
    expect(warnings.at(-1)).toContain('except 10 that were too many to remember');
    expect(linesOf('decisions.ndjson')).toEqual(log.recent());
  });

  it('goes on when the folder was removed', async () => {
    const { log } = await start();
    log.record({ ...KILL, outcome: DONE });
    rmSync(folder, { recursive: true });
    const next = log.finish(log.begin(KILL).id, DONE);
    expect(linesOf('decisions.ndjson')).toEqual([next]);
    expect(warnings).toEqual([]);
  });

  it('close() tries once more, says what is lost, and leaves no timer', async () => {
    const { log } = await start();
    breakDisk();
    log.record({ ...KILL, outcome: DONE });
    log.close();
    expect(warnings.at(-1)).toContain('1 decisions could not be written');
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('whatever happens', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  type Step = 'record' | 'begin' | 'finish' | 'kill' | 'corrupt' | 'cut' | 'disk' | 'back';
  const steps = fc.array(
    fc.constantFrom<Step>('record', 'begin', 'finish', 'kill', 'corrupt', 'cut', 'disk', 'back'),
    { maxLength: 40 },
  );

  it('every finished decision is there exactly once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 500, max: 100_000 }), async (run, rotateAtBytes) => {
        rmSync(root, { recursive: true, force: true });
        mkdirSync(root);
        const options = { rotateAtBytes };
        let { log } = await start(options);
        const finished: string[] = [];
        let underWay: Decision | undefined;
        let hasDisk = true;
        for (const step of run) {
          nowMs += 1;
          switch (step) {
            case 'record':
              finished.push(log.record({ ...KILL, outcome: DONE }).id);
              break;
            case 'begin':
              underWay ??= log.begin(KILL);
              break;
            case 'finish':
              if (underWay) finished.push(log.finish(underWay.id, DONE).id);
              underWay = undefined;
              break;
            case 'kill': {
              // Without a disk, what only memory knows is lost with it: that is another test.
              if (!hasDisk) break;
              const next = await start(options);
              expect(next.interrupted?.id).toBe(underWay?.id);
              log = next.log;
              break;
            }
            case 'corrupt':
              if (hasDisk && existsSync(folder)) appendFileSync(file, '{"id":"20260101","at":\n');
              break;
            case 'cut':
              if (hasDisk && existsSync(folder)) appendFileSync(file, '{"id":"2026');
              break;
            case 'disk':
              hasDisk = false;
              toggleDisk('away');
              break;
            case 'back':
              hasDisk = true;
              toggleDisk('back');
              // Until the next try, only memory has what was decided meanwhile.
              jest.advanceTimersByTime(5000);
              break;
          }
        }
        toggleDisk('back');
        log.close();
        const { log: last } = await start(options);
        const seen = idsOf(last.recent()).filter((id) => id !== underWay?.id);
        // Rotation may have dropped the oldest ones.
        expect(seen).toEqual(finished.slice(finished.length - seen.length));
        if (rotateAtBytes > 40 * 600) expect(seen).toEqual(finished);
      }),
      { numRuns: 300 },
    );
  });

  /** As an operator moves the folder away and back. */
  function toggleDisk(to: 'away' | 'back'): void {
    const away = `${folder}.away`;
    if (to === 'away' && !existsSync(away)) {
      mkdirSync(folder, { recursive: true });
      renameSync(folder, away);
      writeFileSync(folder, '');
    } else if (to === 'back' && existsSync(away)) {
      rmSync(folder);
      renameSync(away, folder);
    }
  }
});
