import { setTimeout as delay } from 'node:timers/promises';

/** Waits for so long. @throws the reason of the signal */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
