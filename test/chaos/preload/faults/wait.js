import { setTimeout as delay } from 'node:timers/promises';

/** A handler that takes its time, and needs no processor for it. */
export default function wait(ms) {
  return delay(Number(ms));
}
