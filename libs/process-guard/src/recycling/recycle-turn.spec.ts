import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endTurn, takeTurn } from './recycle-turn.js';

const HOLD_FOR_MS = 30_000;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evernest-turn-'));
  jest.useFakeTimers({ now: Date.now() });
});
afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

function worker(pmId: number, life = 1) {
  return () => takeTurn({ folder, bootId: `boot-${pmId}-${life}`, pmId, holdForMs: HOLD_FOR_MS });
}

describe('the turn to leave', () => {
  it('is one worker’s at a time, and stays its own when it asks again', () => {
    expect(worker(0)()).toBe(true);
    expect(worker(1)()).toBe(false);
    expect(worker(0)()).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, 'recycle.lock'), 'utf8'))).toEqual({
      pid: process.pid,
      bootId: 'boot-0-1',
      pmId: 0,
      expiresAt: Date.now() + HOLD_FOR_MS,
    });
    expect(readdirSync(folder)).toEqual(['recycle.lock']);
  });

  it('is free again once the replacement listens, and not when another does', () => {
    worker(0)();
    expect(endTurn(folder, 1)).toBe(true);
    expect(worker(1)()).toBe(false);
    expect(endTurn(folder, 0)).toBe(true);
    expect(worker(1)()).toBe(true);
  });

  it('is free again when it expires', () => {
    worker(0)();
    jest.advanceTimersByTime(HOLD_FOR_MS - 1);
    expect(worker(1)()).toBe(false);
    jest.advanceTimersByTime(1);
    expect(worker(1)()).toBe(true);
    expect(worker(0)()).toBe(false);
  });

  it('is free if the clock was set back after it was given', () => {
    worker(0)();
    jest.setSystemTime(Date.now() - 3_600_000);
    expect(worker(1)()).toBe(true);
  });

  it.each(['', '{"pid":', 'null', '[]', '7'])('is free if its file holds %j', (text) => {
    writeFileSync(join(folder, 'recycle.lock'), text);
    expect(worker(1)()).toBe(true);
    expect(worker(0)()).toBe(false);
  });

  it('is nobody’s while another process is asking, unless that one was killed over it', () => {
    const claim = join(folder, 'recycle.lock.claim');
    writeFileSync(claim, '');
    expect(worker(0)()).toBe(false);
    utimesSync(claim, new Date(), new Date(Date.now() - 11_000));
    expect(worker(0)()).toBe(false);
    expect(worker(0)()).toBe(true);
  });

  it('needs no folder beforehand, and ending one that is not there does nothing', () => {
    rmSync(folder, { recursive: true });
    expect(endTurn(folder, 0)).toBe(true);
    expect(worker(0)()).toBe(true);
  });

  it('fails aloud if the folder cannot be used', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => takeTurn({ folder: join(folder, 'file'), bootId: 'a', pmId: 0, holdForMs: 1 })).toThrow(
      'EEXIST',
    );
  });
});
