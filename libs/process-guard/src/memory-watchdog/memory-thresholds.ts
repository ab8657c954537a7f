/**
 * The share of a limit where a rise becomes a reason. Below, there is room to wait and see whether it is a cache that
 * fills: 300 MB are 59 % of a heap of 512.
 */
export const RISING = 0.7;
/** The share where the floor of the heap is too high even if it stands still: V8 spends ever more time collecting. */
export const HIGH = 0.85;
/** The share where nothing is waited for. Measured: V8 aborts at 99 %, a second later for a leak of 50 MB a second. */
export const CRITICAL = 0.92;
/** The share of what the container has for the worker where the kernel is about to kill. */
export const NEARLY_KILLED = 0.95;
/** The share of the resident set's limit where it is worth a pause to know how much of it is garbage; before strain. */
export const CROWDED = 0.85;
/** A burst that is over by then causes nothing. */
export const PATIENCE_MS = 5000;
/** A rise that needs longer to the limit is left until it is {@link HIGH}: there is no hurry, and it may end. */
export const HORIZON_MS = 300_000;
/** The share of the limit that a rise must have gained; less is noise, however near the limit is. */
export const LEAST_RISE = 0.15;
/** Resident before JavaScript holds anything: code, stacks, the young generation. */
export const NODE_ITSELF_BYTES = 60 * 1024 * 1024;
