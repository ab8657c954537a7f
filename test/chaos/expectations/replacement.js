import { within } from './bounds.js';

/** For pm2 to start it, and for the load that it has beside it. */
const MARGIN_MS = 1_000;

/**
 * When a replacement has to serve: as asked, or, where the machine takes longer for a start alone, so much after that start.
 * @param {number} [beforeMs] what passes before it is started
 */
export function withinAStart(trial, askedMs, beforeMs = 0) {
  return within(Math.max(askedMs, beforeMs + trial.cluster.startMs + MARGIN_MS));
}
