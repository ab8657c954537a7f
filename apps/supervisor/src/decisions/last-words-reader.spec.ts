import { jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { lastWords, leave } from './last-words.fixture.js';
import { LastWordsReader } from './last-words-reader.js';
import { whyItEnded } from './why-it-ended.js';

const STARTED_AT_MS = Date.parse('2026-11-21T15:00:00Z');

let folder: string;
let warnings: string[];
let reader: LastWordsReader;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evernest-words-'));
  warnings = [];
  jest
    .spyOn(Logger.prototype, 'warn')
    .mockImplementation((line: unknown) => void warnings.push((line as { message: string }).message));
  reader = new LastWordsReader(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const BY_PID = { pid: 4711, bootId: null, startedAtMs: STARTED_AT_MS };

describe('the last words of a process', () => {
  it('are found by its boot, whatever its number', () => {
    const words = leave(folder);
    expect(reader.find({ pid: 1, bootId: words.bootId, startedAtMs: null })).toEqual(words);
    expect(reader.find({ pid: words.pid, bootId: 'another', startedAtMs: 0 })).toBeUndefined();
  });

  it('are found by its number if they were said after its start', () => {
    const words = leave(folder);
    expect(reader.find(BY_PID)).toEqual(words);
    expect(reader.find({ ...BY_PID, startedAtMs: Date.parse(words.at) + 1 })).toBeUndefined();
    expect(reader.find({ ...BY_PID, startedAtMs: null })).toBeUndefined();
    expect(reader.find({ ...BY_PID, pid: 4712 })).toBeUndefined();
  });

  it('are not those of the next process with its number', () => {
    const next = { bootId: '20261121T160000000Z-4711-aaaa', at: '2026-11-21T16:01:00.000Z' };
    leave(folder, next);
    expect(reader.find({ ...BY_PID, atMs: Date.parse('2026-11-21T15:30:00Z') })).toBeUndefined();
    const words = leave(folder);
    expect(reader.find(BY_PID)).toEqual(words);
  });

  it('are undefined where no process ever said any', () => {
    rmSync(folder, { recursive: true });
    expect(reader.find(BY_PID)).toBeUndefined();
    expect(reader.all()).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('are read nowhere but in the folder', () => {
    const guard = join(folder, 'guard');
    mkdirSync(guard);
    leave(guard, { bootId: '../outside' });
    const guarded = new LastWordsReader(guard);
    expect(readdirSync(folder)).toContain('outside.json');
    expect(guarded.find({ ...BY_PID, bootId: '../outside' })).toBeUndefined();
  });
});

describe('all last words', () => {
  it('come in the order in which they were said, without what else is in the folder', () => {
    const later = leave(folder, { bootId: '20261121T140000000Z-1-aaaa', at: '2026-11-21T17:00:00.000Z' });
    const earlier = leave(folder);
    for (const name of [`${earlier.bootId}.report.json`, '1.worker', 'recycle.lock', 'x.json.1.tmp']) {
      writeFileSync(join(folder, name), 'not last words');
    }
    expect(reader.all()).toEqual([earlier, later]);
    expect(warnings).toEqual([]);
  });

  it('are at most the newest hundred', () => {
    for (let index = 0; index < 105; index += 1) leave(folder, { bootId: `boot-${1000 + index}` });
    expect(reader.all()).toHaveLength(100);
    expect(reader.all().map(({ bootId }) => bootId)).not.toContain('boot-1004');
  });

  it('leave out files that hold none: they are renamed, and told of once', () => {
    const words = leave(folder);
    writeFileSync(join(folder, 'broken.json'), '{"bootId":');
    writeFileSync(join(folder, 'null.json'), 'null');
    writeFileSync(join(folder, 'huge.json'), JSON.stringify(lastWords({ stack: 'x'.repeat(300_000) })));
    expect(reader.all()).toEqual([words]);
    expect(reader.all()).toEqual([words]);
    expect(warnings).toHaveLength(3);
    expect(readdirSync(folder).filter((name) => name.endsWith('.json.corrupt'))).toHaveLength(3);
  });

  it('never wait for a pipe and never fail for a folder or a link that leads nowhere', () => {
    mkdirSync(join(folder, 'folder.json'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link.json'));
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    expect(reader.all()).toEqual([]);
  });

  it('leave ten corrupt files at most', () => {
    for (let index = 0; index < 12; index += 1) writeFileSync(join(folder, `${index}.json`), '');
    reader.all();
    expect(readdirSync(folder)).toHaveLength(10);
  });
});

describe('why a process ended', () => {
  it.each([
    ['fatal-error', 'Process 7 ended by an error that nobody caught: it broke.'],
    ['hang', 'Process 7 hung and was killed by its watchdog: it broke.'],
    ['memory', 'Process 7 ended to be replaced for its memory: it broke.'],
    ['descriptors', 'Process 7 ended to be replaced for its file descriptors: it broke.'],
    ['start-failed', 'Process 7 could not start: it broke.'],
    ['asked', 'Process 7 ended because it was asked to: it broke.'],
  ] as const)('is told as a sentence for %s', (cause, message) => {
    const words = lastWords({ cause, message: 'it broke' });
    expect(whyItEnded(words, { pid: 7, atMs: 0 })).toEqual({
      cause,
      message,
      evidence: { lastWords: words },
    });
  });

  it('does not take early words of the watchdog for a kill by it', () => {
    const words = lastWords({ cause: 'hang', evidence: { isKilledByWatchdog: false } });
    expect(whyItEnded(words, { pid: 7, atMs: 0 }).message).toMatch(
      /^Process 7 stood still when it ended, but not by/,
    );
  });

  it('is guessed without last words', () => {
    expect(whyItEnded(undefined, { pid: 7, atMs: 0 })).toEqual({
      cause: 'unknown',
      message:
        'Process 7 ended without last words: killed from outside (kill -9, out of memory) or by a crash of Node itself.',
      evidence: { lastWords: null },
    });
  });
});
