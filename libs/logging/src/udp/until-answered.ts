import { setTimeout as pause } from 'node:timers/promises';

const FIRST_PAUSE_MS = 10;

/**
 * Says something again and again until it is answered, at the latest until `timeoutMs` have passed. The pauses double:
 * a receiver that is overrun needs time.
 */
export async function untilAnswered(say: () => void, answer: AbortSignal, timeoutMs: number): Promise<void> {
  const over = AbortSignal.any([answer, AbortSignal.timeout(timeoutMs)]);
  for (let pauseMs = FIRST_PAUSE_MS; !over.aborted; pauseMs *= 2) {
    say();
    await pause(pauseMs, undefined, { signal: over }).catch(() => {});
  }
}
