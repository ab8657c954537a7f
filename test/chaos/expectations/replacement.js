import { within } from './bounds.js';

/** For pm2 to start it, and for the load that it has beside it. */
const MARGIN_MS = 1_000;
/** However slow the machine is. */
const MOST_TIMES_AS_ASKED = 3;

/**
 * When a replacement has to serve: as asked, or, where the machine takes longer for a start alone, so much after that start; then it
 * is late.
 * @param {number} [beforeMs] what passes before it is started
 */
export function withinAStart(trial, askedMs, beforeMs = 0) {
  const startedMs = Math.min(beforeMs + trial.cluster.startMs + MARGIN_MS, MOST_TIMES_AS_ASKED * askedMs);
  if (startedMs <= askedMs) return within(askedMs);
  return {
    ...within(startedMs),
    text: `≤ ${startedMs} ms, asked: ${askedMs}`,
    isLate: (found) => found > askedMs,
  };
}
