import { setTimeout as delay } from 'node:timers/promises';
import { get } from './get.js';

const POLL_INTERVAL_MS = 250;
/** pm2 gives up on workers that cannot start after some 25 s, and says so by ending. */
const PATIENCE_MS = 60_000;

/** True once the address answers 200; false after a minute, or as soon as `end` is aborted. */
export async function whenReady(address, end) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!end.aborted && Date.now() < deadline) {
    if (await isReady(address)) return true;
    await delay(POLL_INTERVAL_MS, undefined, { signal: end }).catch(() => {});
  }
  return false;
}

async function isReady(address) {
  try {
    return (await get(address)).status === 200;
  } catch {
    return false;
  }
}
