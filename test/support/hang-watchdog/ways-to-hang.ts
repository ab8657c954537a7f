import { spawnSync } from 'node:child_process';
import { pbkdf2Sync } from 'node:crypto';

/** Gone from the built file, so that a line there is not the line here. */
interface Turn {
  readonly milliseconds: number;
}

function endlessLoop(): never {
  for (;;); // endlessLoop stands here
}

function catastrophicRegularExpression(): boolean {
  return /^(?:a+)+$/.test(`${'a'.repeat(50)}!`);
}

function nextTickSpin(): void {
  process.nextTick(nextTickSpin);
}

function microtaskSpin(): void {
  void Promise.resolve().then(microtaskSpin);
}

async function awaitSpin(): Promise<never> {
  for (;;) await Promise.resolve();
}

function endlessWait(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Some 5000 calls deep. */
function deepLoop(depth = 5000): number {
  return depth === 0 ? endlessLoop() : deepLoop(depth - 1) + 1;
}

/** One native call of about half a minute. */
function slowHash(): void {
  pbkdf2Sync('password', 'salt', 50_000_000, 64, 'sha512');
}

/** One native call of some seconds. */
function hugeParse(): void {
  JSON.parse(`[${'{"title":"a","authors":[1,2,3]},'.repeat(12_000_000)}0]`);
}

/** Busy, not hung: other code of the same loop runs in between. */
function busyFor({ milliseconds }: Turn): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** One native call that ends by itself. */
function waitForCommand({ milliseconds }: Turn): void {
  spawnSync('sleep', [String(milliseconds / 1000)]);
}

/** A busy turn measured by the processor time it uses, however little of it the machine gives. */
function computeFor({ milliseconds }: Turn): void {
  const usedMs = () => Object.values(process.cpuUsage()).reduce((sum, part) => sum + part) / 1000;
  const end = usedMs() + milliseconds;
  while (usedMs() < end);
}

/**
 * Collections of garbage over many small objects, which are made in turns that are no stalls; at least three, and as
 * many as it takes for one to last longer than asked for. @returns the longest, in ms.
 */
async function collectGarbage({ milliseconds }: Turn): Promise<number> {
  const kept: object[] = [];
  while (kept.length < 15_000_000) {
    for (let more = 0; more < 20_000; more += 1) kept.push({ more });
    await new Promise(setImmediate);
  }
  let longestMs = 0;
  for (let collection = 0; collection < 3 || longestMs <= milliseconds; collection += 1) {
    const startedAt = performance.now();
    globalThis.gc?.();
    longestMs = Math.max(longestMs, performance.now() - startedAt);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  kept.length = 0;
  return longestMs;
}

export const WAYS_TO_HANG = {
  endlessLoop,
  catastrophicRegularExpression,
  nextTickSpin,
  microtaskSpin,
  awaitSpin,
  endlessWait,
  deepLoop,
  slowHash,
  hugeParse,
  busyFor,
  waitForCommand,
  computeFor,
  collectGarbage,
};
