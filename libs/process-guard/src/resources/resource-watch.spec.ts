import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { DescriptorWatch } from '../descriptors/descriptor-watch.js';
import { MemoryWatchdog } from '../memory-watchdog/memory-watchdog.js';
import type { Patience, Shortage } from '../recycling/shortage.js';
import { ResourceWatch } from './resource-watch.js';

const HUGE = Number.MAX_SAFE_INTEGER;
const FOR_EVER_MS = 600_000;

function shortageOf(cause: Shortage['cause'], waitsFor: Patience = 'supervisor'): Shortage {
  return { cause, reason: `no ${cause}`, waitsFor, evidence: {} };
}

describe('the watch over what a worker may run out of', () => {
  let folder: string;
  let memory: Shortage | null;
  let descriptors: Shortage | null;
  let isLeaving: boolean;
  let left: Shortage[];
  let strains: boolean[];
  beforeEach(() => {
    Logger.overrideLogger(false);
    folder = mkdtempSync(join(tmpdir(), 'evernest-resources-'));
    memory = descriptors = null;
    isLeaving = false;
    left = [];
    strains = [];
    jest.spyOn(MemoryWatchdog.prototype, 'shortage', 'get').mockImplementation(() => memory);
    jest.spyOn(DescriptorWatch.prototype, 'shortage', 'get').mockImplementation(() => descriptors);
    jest.spyOn(DescriptorWatch.prototype, 'look').mockResolvedValue();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function watchOf(pmId: number, graceMs: number, rssLimitBytes = HUGE): ResourceWatch {
    const boot = { bootId: `boot-${pmId}`, pid: process.pid, pmId, startedAt: new Date() };
    return new ResourceWatch({
      memoryLimits: {
        heapLimitBytes: HUGE,
        rssLimitBytes,
        rssHardLimitBytes: null,
        containerLimitBytes: null,
      },
      recycling: { folder, boot, drainTimeoutMs: 10_000, heapSnapshots: false, graceMs },
      clients: () => 0,
      onMemoryStrain: (isStrained) => strains.push(isStrained),
      isLeaving: () => isLeaving,
      leave: (shortage) => left.push(shortage),
    });
  }

  async function sampled(watch: ResourceWatch): Promise<string[]> {
    watch.sample();
    await nextTurn();
    return left.map(({ cause }) => cause);
  }

  it('lets it stay while there is enough', async () => {
    expect(await sampled(watchOf(0, 0))).toEqual([]);
  });

  it('tells when memory is strained', async () => {
    const watch = watchOf(0, FOR_EVER_MS, 1);
    await sampled(watch);
    expect(strains).toEqual([true]);
    expect(watch.strain).toMatch(/^The resident set is \d+ MB/);
  });

  it('lets it leave at once where no supervisor is waited for, and only one at a time', async () => {
    descriptors = shortageOf('descriptors');
    expect(await sampled(watchOf(0, 0))).toEqual(['descriptors']);
    expect(await sampled(watchOf(1, 0))).toEqual(['descriptors']);
  });

  it('lets it wait for a supervisor', async () => {
    memory = shortageOf('memory');
    expect(await sampled(watchOf(0, FOR_EVER_MS))).toEqual([]);
  });

  it('lets it wait for its turn only if it is urgent', async () => {
    descriptors = shortageOf('descriptors', 'turn');
    expect(await sampled(watchOf(0, FOR_EVER_MS))).toEqual(['descriptors']);
    expect(await sampled(watchOf(1, FOR_EVER_MS))).toEqual(['descriptors']);
  });

  it('lets it wait for nothing if it is critical', async () => {
    memory = shortageOf('memory', 'nothing');
    await sampled(watchOf(0, FOR_EVER_MS));
    expect(await sampled(watchOf(1, FOR_EVER_MS))).toEqual(['memory', 'memory']);
  });

  it('goes by what can wait least', async () => {
    memory = shortageOf('memory');
    descriptors = shortageOf('descriptors', 'nothing');
    const watch = watchOf(0, FOR_EVER_MS);
    expect(watch.shortage).toBe(descriptors);
    expect(await sampled(watch)).toEqual(['descriptors']);
    memory = shortageOf('memory', 'turn');
    expect(watch.shortage).toBe(descriptors);
    descriptors = shortageOf('descriptors');
    expect(watch.shortage).toBe(memory);
  });

  it('does not let it leave twice', async () => {
    memory = shortageOf('memory', 'nothing');
    isLeaving = true;
    expect(await sampled(watchOf(0, 0))).toEqual([]);
  });

  it('has it wait anew if there was enough in between', async () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const watch = watchOf(0, 30_000);
    memory = shortageOf('memory');
    await sampled(watch);
    memory = null;
    now.mockReturnValue(29_000);
    await sampled(watch);
    memory = shortageOf('memory');
    now.mockReturnValue(31_000);
    expect(await sampled(watch)).toEqual([]);
    now.mockReturnValue(61_000);
    expect((await sampled(watch)).length).toBeGreaterThan(0);
  });
});
