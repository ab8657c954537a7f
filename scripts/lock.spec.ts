import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryLock } from './lock.js';

/** More than the largest process id of any system. */
const NO_PROCESS = 2 ** 30;

describe('tryLock', () => {
  let parent: string;
  let folder: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'lock-'));
    folder = join(parent, 'a', 'work.lock');
  });

  afterEach(() => rmSync(parent, { recursive: true }));

  it('names the living process that holds the lock', () => {
    tryLock(folder);
    expect(tryLock(folder)).toEqual({ holder: process.pid });
  });

  it('can be taken again once it is released', () => {
    tryLock(folder).release();
    expect(tryLock(folder).release).toBeDefined();
  });

  it.each([
    ['a process that is gone', `${NO_PROCESS} 1`],
    ['an earlier process with the same id', `${process.pid} 1`],
  ])('takes over the lock of %s', (_what, owner) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'owner'), owner);
    expect(tryLock(folder).release).toBeDefined();
  });

  it('leaves nothing behind', () => {
    const lock = tryLock(folder);
    tryLock(folder);
    lock.release();
    expect(readdirSync(join(parent, 'a'))).toEqual([]);
  });

  it('says which folder cannot be written', () => {
    writeFileSync(join(parent, 'a'), 'not a folder');
    expect(() => tryLock(folder)).toThrow(`Cannot write to ${join(parent, 'a')}`);
  });
});
