import { setTimeout as pause } from 'node:timers/promises';

const FIRST_PAUSE_MS = 10;

/**
 * Says something again and again until it is answered, at the latest until `timeoutMs` have passed. The pauses double:
 * a receiver that is overrun needs time.
 */
export async function untilAnswered(say: () => void, answer: AbortSignal, timeoutMs: number): Promise<void> {
  // Not by `AbortSignal.any` with a timeout: Node 20 forgets that one when it collects garbage, and it never aborts.
  const deadlineMs = performance.now() + timeoutMs;
  for (let pauseMs = FIRST_PAUSE_MS; !answer.aborted; pauseMs *= 2) {
    const leftMs = deadlineMs - performance.now();
    if (leftMs <= 0) return;
    say();
    await pause(Math.min(pauseMs, leftMs), undefined, { signal: answer }).catch(() => {});
  }
}
