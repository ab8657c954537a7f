import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesBelow, Growth, leftSockets } from './growth.js';

describe('growth', () => {
  const DESCRIPTORS = 'this: open descriptors';
  const opened = [];
  afterEach(() => opened.splice(0).forEach(closeSync));

  it('is not known before there are three samples', () => {
    const growth = new Growth({ this: process.pid });
    growth.sample();
    growth.sample();
    expect([growth.samples, growth.changes]).toEqual([2, []]);
  });

  it('is what changed from the second third of the time to the last', () => {
    const growth = new Growth({ this: process.pid });
    for (let sample = 0; sample < 9; sample += 1) {
      growth.sample();
      // While it warms up, and once afterwards.
      if (sample === 1 || sample === 5)
        opened.push(...Array.from({ length: 10 }, () => openSync(devNull, 'r')));
    }
    const { before, after } = growth.changes.find(({ what }) => what === DESCRIPTORS);
    expect(after - before).toBe(10);
    expect(growth.changes.map(({ what }) => what)).toEqual(['this: MiB resident', DESCRIPTORS]);
  });
});

describe('files', () => {
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'evernest-growth-'));
    mkdirSync(join(folder, 'run'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are counted in all folders below', () => {
    for (const name of ['one', 'run/two']) writeFileSync(join(folder, name), '');
    expect(filesBelow(folder)).toBe(2);
  });

  it('are left sockets where their worker is gone', () => {
    for (const pid of [1, 2]) writeFileSync(join(folder, 'run', `catalog.0.${pid}.sock`), '');
    writeFileSync(join(folder, 'run', 'supervisor.sock'), '');
    expect(leftSockets(folder, (pid) => pid === 1)).toBe(1);
  });
});
