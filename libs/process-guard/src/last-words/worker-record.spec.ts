import { jest } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { Boot } from './boot.js';
import { composeLastWords } from './compose-last-words.js';
import { noteWorker, openWorkerRecord } from './worker-record.js';
import { writeLastWords } from './write-last-words.js';

/** Above what Linux gives out, so nothing runs under it. */
const GONE = 2 ** 22 + 1;

let folder: string;
let told: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evernest-record-'));
  told = [];
  const note = (line: unknown) => void told.push((line as { message: string }).message);
  jest.spyOn(Logger.prototype, 'log').mockImplementation(note);
  jest.spyOn(Logger.prototype, 'warn').mockImplementation(note);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const boot = (bootId: string, { pmId = null, pid = GONE }: Partial<Boot> = {}): Boot => ({
  bootId,
  pid,
  pmId,
});

function ended(worker: Boot, message: string): void {
  noteWorker(folder, worker);
  writeLastWords(folder, composeLastWords(worker, { cause: 'fatal-error', exitCode: 70, message }));
}

describe('the record of workers', () => {
  it('says nothing at the very first start', () => {
    openWorkerRecord(join(folder, 'new'), boot('1'));
    expect(told).toEqual([]);
  });

  it('tells why the last one ended, once', () => {
    ended(boot('1'), 'older');
    ended(boot('2'), 'newer');
    openWorkerRecord(folder, boot('3', { pid: process.pid }));
    expect(told).toEqual([expect.stringMatching(/pid \d+\) ended after \d+ s: fatal-error: newer/)]);
    openWorkerRecord(folder, boot('4', { pid: process.pid }));
    expect(told).toHaveLength(2);
    expect(told[1]).toContain('left no last words');
  });

  it('tells of the same number only, under pm2', () => {
    ended(boot('1', { pmId: 0 }), 'of worker 0');
    ended(boot('2', { pmId: 1 }), 'of worker 1');
    openWorkerRecord(folder, boot('3', { pmId: 0, pid: process.pid }));
    expect(told).toEqual([expect.stringContaining('of worker 0')]);
  });

  it('waits with one that still runs, as during a reload', () => {
    noteWorker(folder, boot('1', { pid: process.ppid }));
    openWorkerRecord(folder, boot('2', { pid: process.pid }));
    expect(told).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual(['1.worker', '2.worker']);
  });

  it('is not upset by files that are not what they should be', () => {
    writeFileSync(join(folder, '1.worker'), '{');
    writeFileSync(join(folder, '2.worker'), '{"bootId":"2","pid":-1,"pmId":null}');
    writeFileSync(join(folder, '2.json'), 'null');
    expect(() => openWorkerRecord(folder, boot('3'))).not.toThrow();
  });
});
