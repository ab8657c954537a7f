/** What decides how much room V8 reserves for its young generation. */
export interface YoungGenerationFacts {
  /** Of the machine, or of the container if that has less. */
  readonly totalMemoryBytes: number;
  readonly v8Version: string;
  /** Node's and V8's flags in the order in which they count. */
  readonly flags: readonly string[];
}

const MEBIBYTE = 1024 * 1024;
/** Two semi-spaces and as much again for large objects. */
const SEMI_SPACES = 3;
/** V8 13 came with Node 24 and made the semi-space four times as large. */
const V8_OF_LARGER_SPACES = 13;

/**
 * The part of V8's `heap_size_limit` that is reserved for the young generation. Measured with Node 20 and 24 on machines
 * of 256 MiB to 16 GiB: 3, 12, 24, then 48 MiB with Node 20, and 3, 48, 96, then 192 MiB with Node 24. V8 does not tell.
 */
export function youngGenerationBytes({ totalMemoryBytes, v8Version, flags }: YoungGenerationFacts): number {
  const semiSpaceMib = lastValue(flags, 'max-semi-space-size');
  if (semiSpaceMib !== undefined) return SEMI_SPACES * semiSpaceMib * MEBIBYTE;
  // With it V8 makes the young generation so small that it does not count.
  if (lastValue(flags, 'max-heap-size') !== undefined) return 0;
  const totalMib = totalMemoryBytes / MEBIBYTE;
  if (totalMib <= 512) return 3 * MEBIBYTE;
  const [mibPerMib, mostMib] = Number.parseInt(v8Version, 10) < V8_OF_LARGER_SPACES ? [256, 16] : [64, 64];
  return SEMI_SPACES * Math.min(totalMib / mibPerMib, mostMib) * MEBIBYTE;
}

/** V8 takes dashes and underscores alike. */
function lastValue(flags: readonly string[], name: string): number | undefined {
  const prefix = `--${name}=`;
  const flag = flags.findLast((each) => each.replaceAll('_', '-').startsWith(prefix));
  const value = Number(flag?.slice(prefix.length));
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
