/** The same clock in all processes of a machine, and one that nobody sets. */
export function monotonicMs() {
  return Number(process.hrtime.bigint() / 1_000_000n);
}
