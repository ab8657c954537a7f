import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { HistoryFile } from './history-file.js';
import { emptyHistory, type History } from './history.js';

const history: History = {
  ends: [{ pmId: 1, atMs: 5 }],
  parked: [{ pmId: 2, times: 1, parkedAtMs: 5, triedAtMs: null }],
  isActing: true,
};

let folder: string;
let file: string;
beforeEach(() => {
  Logger.overrideLogger(false);
  folder = mkdtempSync(join(tmpdir(), 'evernest-history-'));
  file = join(folder, 'history.json');
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

describe('what the policy remembers', () => {
  it('is read by the next supervisor, which has nothing under way yet', () => {
    new HistoryFile(file).write(history);
    expect(new HistoryFile(file).read()).toEqual({ ...history, isActing: false });
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"ends":[{}],"parked":[]}',
    '{"ends":[],"parked":[null]}',
    '{"ends":[],"parked":[{"pmId":0,"triedAtMs":null}]}',
  ])('is nothing where the file holds %j', (text) => {
    writeFileSync(file, text);
    expect(new HistoryFile(file).read()).toEqual(emptyHistory);
  });

  it('is nothing at the very first start', () => {
    expect(new HistoryFile(join(folder, 'none', 'history.json')).read()).toEqual(emptyHistory);
  });

  it('is written only when it has changed, for its owner alone', () => {
    const writer = new HistoryFile(file);
    writer.write(history);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, 'untouched');
    writer.write({ ...history });
    expect(readFileSync(file, 'utf8')).toBe('untouched');
    writer.write(emptyHistory);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(emptyHistory);
  });

  it('is lost, and nothing else, where it cannot be written', () => {
    writeFileSync(join(folder, 'taken'), '');
    expect(() => new HistoryFile(join(folder, 'taken', 'history.json')).write(history)).not.toThrow();
  });
});
