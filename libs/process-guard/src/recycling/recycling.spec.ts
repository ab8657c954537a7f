import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Recycling } from './recycling.js';

const GRACE_MS = 30_000;

let folder: string;
let nowMs: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evernest-recycling-'));
  nowMs = 1000;
});
afterEach(() => rmSync(folder, { recursive: true }));

function recyclingOf(pmId: number, graceMs: number): Recycling {
  const boot = { bootId: `boot-${pmId}`, pid: process.pid, pmId, startedAt: new Date() };
  return new Recycling({
    folder,
    boot,
    drainTimeoutMs: 10_000,
    heapSnapshots: false,
    graceMs,
    nowMs: () => nowMs,
  });
}

describe('a worker that asks to be replaced', () => {
  it('leaves by itself at once where no supervisor is to be waited for', () => {
    expect(recyclingOf(0, 0).ask()).toBe(true);
  });

  it('leaves by itself once no supervisor has replaced it in time', () => {
    const recycling = recyclingOf(0, GRACE_MS);
    expect(recycling.ask()).toBe(false);
    nowMs += GRACE_MS - 1;
    expect(recycling.ask()).toBe(false);
    nowMs += 1;
    expect(recycling.ask()).toBe(true);
  });

  it('waits as long anew if it was well in between', () => {
    const recycling = recyclingOf(0, GRACE_MS);
    recycling.ask();
    nowMs += GRACE_MS;
    recycling.withdraw();
    expect(recycling.ask()).toBe(false);
  });

  it('waits while another one leaves', () => {
    expect(recyclingOf(0, 0).ask()).toBe(true);
    expect(recyclingOf(1, 0).ask()).toBe(false);
  });
});
