import { memoryLimits, type LimitReadings } from './memory-limits.js';

const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

const NODE_20: LimitReadings = {
  heapSizeLimitBytes: 304 * MEBIBYTE,
  constrainedMemoryBytes: 0,
  totalMemoryBytes: 16 * GIBIBYTE,
  v8Version: '11.3.244.8-node.30',
  execArgv: ['--max-old-space-size=256'],
};
const NODE_24: LimitReadings = {
  ...NODE_20,
  heapSizeLimitBytes: 448 * MEBIBYTE,
  v8Version: '13.6.233.17-node.37',
};

function limitsOf(readings: Partial<LimitReadings>, configuredBytes?: number, workers = 1) {
  return memoryLimits({ configuredBytes, workers }, { ...NODE_20, ...readings });
}

describe('the limit of the resident set', () => {
  it.each([0, undefined, 1.8446744073709552e19])('is 700 MiB without a container (%s)', (none) => {
    expect(limitsOf({ constrainedMemoryBytes: none })).toMatchObject({
      rssLimitBytes: 700 * MEBIBYTE,
      rssHardLimitBytes: null,
      containerLimitBytes: null,
    });
  });

  it("is 80 % of the worker's share of a small container", () => {
    expect(limitsOf({ constrainedMemoryBytes: GIBIBYTE }, undefined, 2)).toMatchObject({
      rssLimitBytes: Math.floor(512 * MEBIBYTE * 0.8),
      rssHardLimitBytes: 512 * MEBIBYTE,
      containerLimitBytes: GIBIBYTE,
    });
  });

  it('is 700 MiB in a large container', () => {
    expect(limitsOf({ constrainedMemoryBytes: 8 * GIBIBYTE }, undefined, 2).rssLimitBytes).toBe(
      700 * MEBIBYTE,
    );
  });

  it('is what was configured, even above the share, where only the whole container is the end', () => {
    expect(limitsOf({ constrainedMemoryBytes: GIBIBYTE }, 600 * MEBIBYTE, 2)).toMatchObject({
      rssLimitBytes: 600 * MEBIBYTE,
      rssHardLimitBytes: GIBIBYTE,
    });
  });

  it('cannot be more than the container has', () => {
    expect(() => limitsOf({ constrainedMemoryBytes: GIBIBYTE }, 2 * GIBIBYTE)).toThrow(
      'the memory limit of a worker is 2147483648 bytes, but the whole container has only 1073741824',
    );
  });
});

describe('the limit of the heap', () => {
  // V8's heap_size_limit as it was measured with each Node, memory and flag.
  it.each<[number, Partial<LimitReadings>, number, string]>([
    [304, NODE_20, 256, ''],
    [448, NODE_24, 256, ''],
    [4144, { ...NODE_20, execArgv: [] }, 4096, ''],
    [4288, { ...NODE_24, execArgv: [] }, 4096, ''],
    [268, { ...NODE_20, totalMemoryBytes: GIBIBYTE }, 256, ''],
    [304, { ...NODE_24, totalMemoryBytes: GIBIBYTE }, 256, ''],
    [352, { ...NODE_24, totalMemoryBytes: 2 * GIBIBYTE }, 256, ''],
    [259, { ...NODE_24, totalMemoryBytes: GIBIBYTE / 4 }, 256, ''],
    [259, { ...NODE_20, constrainedMemoryBytes: GIBIBYTE / 2 }, 256, ''],
    [448, { ...NODE_20, execArgv: ['--max-semi-space-size=64'] }, 256, ''],
    [268, { ...NODE_24, execArgv: ['--max_semi_space_size=4'] }, 256, ''],
    [256, { ...NODE_24, execArgv: ['--max-heap-size=256'] }, 256, ''],
    [268, NODE_24, 256, '--enable-source-maps --max-semi-space-size=4'],
    [268, { ...NODE_24, execArgv: ['--max-semi-space-size=4'] }, 256, '--max-semi-space-size=64'],
  ])(
    'is what the old generation may take of %s MiB',
    (heapSizeLimitMib, readings, expectedMib, nodeOptions) => {
      const limits = memoryLimits(
        { workers: 1, nodeOptions },
        { ...NODE_20, ...readings, heapSizeLimitBytes: heapSizeLimitMib * MEBIBYTE },
      );
      expect(limits.heapLimitBytes / MEBIBYTE).toBe(expectedMib);
    },
  );

  it('is read from the process', () => {
    const { heapLimitBytes, rssLimitBytes } = memoryLimits({ workers: 1 });
    expect(heapLimitBytes).toBeGreaterThan(128 * MEBIBYTE);
    expect(rssLimitBytes).toBeLessThanOrEqual(700 * MEBIBYTE);
  });
});
