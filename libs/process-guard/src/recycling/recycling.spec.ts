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
    expect(recyclingOf(0, 0).ask(false)).toBe(true);
  });

  it('leaves by itself once no supervisor has replaced it in time', () => {
    const recycling = recyclingOf(0, GRACE_MS);
    expect(recycling.ask(false)).toBe(false);
    nowMs += GRACE_MS - 1;
    expect(recycling.ask(false)).toBe(false);
    nowMs += 1;
    expect(recycling.ask(false)).toBe(true);
  });

  it('waits as long anew if it was well in between', () => {
    const recycling = recyclingOf(0, GRACE_MS);
    recycling.ask(false);
    nowMs += GRACE_MS;
    recycling.withdraw();
    expect(recycling.ask(false)).toBe(false);
  });

  it('waits for no supervisor if it is urgent, but for its turn', () => {
    expect(recyclingOf(0, GRACE_MS).ask(true)).toBe(true);
    expect(recyclingOf(1, GRACE_MS).ask(true)).toBe(false);
  });

  it('waits while another one leaves', () => {
    expect(recyclingOf(0, 0).ask(false)).toBe(true);
    expect(recyclingOf(1, 0).ask(false)).toBe(false);
  });
});
