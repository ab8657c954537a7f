import { KillTime } from './kill-time.js';

const TIMEOUT_MS = 1000;
const quiet = () => false;
const busy = () => true;

describe('the time to kill', () => {
  let killTime: KillTime;
  beforeEach(() => {
    killTime = new KillTime(TIMEOUT_MS);
  });

  it('is two timeouts for native code, set before anything is found out', () => {
    expect(killTime.isDue(2 * TIMEOUT_MS - 1, quiet)).toBe(false);
    expect(killTime.isDue(2 * TIMEOUT_MS, quiet)).toBe(true);
  });

  it('is put off by one timeout whenever it looks like a collection, up to five timeouts', () => {
    for (const timeouts of [2, 3, 4]) expect(killTime.isDue(timeouts * TIMEOUT_MS, busy)).toBe(false);
    expect(killTime.isDue(5 * TIMEOUT_MS - 1, busy)).toBe(false);
    expect(killTime.isDue(5 * TIMEOUT_MS, busy)).toBe(true);
  });

  it('is never put off beyond five timeouts, whenever it is asked for', () => {
    for (const timeouts of [2.5, 3.5, 4.6]) expect(killTime.isDue(timeouts * TIMEOUT_MS, busy)).toBe(false);
    expect(killTime.isDue(5 * TIMEOUT_MS, busy)).toBe(true);
  });

  it('comes when what looked like a collection no longer does', () => {
    expect(killTime.isDue(2 * TIMEOUT_MS, busy)).toBe(false);
    expect(killTime.isDue(3 * TIMEOUT_MS - 1, quiet)).toBe(false);
    expect(killTime.isDue(3 * TIMEOUT_MS, quiet)).toBe(true);
  });

  it('is 250 ms after the main thread has answered', () => {
    killTime.answered(TIMEOUT_MS + 7);
    expect(killTime.isDue(TIMEOUT_MS + 7 + 249, busy)).toBe(false);
    expect(killTime.isDue(TIMEOUT_MS + 7 + 250, busy)).toBe(true);
  });

  it('is the timeout itself if the main thread has answered long before', () => {
    killTime.answered(0.7 * TIMEOUT_MS);
    expect(killTime.isDue(TIMEOUT_MS - 1, busy)).toBe(false);
    expect(killTime.isDue(TIMEOUT_MS, busy)).toBe(true);
  });

  it('gives the second chance to native code that ended just before it would have been killed, too', () => {
    killTime.answered(2 * TIMEOUT_MS - 1);
    expect(killTime.isDue(2 * TIMEOUT_MS, quiet)).toBe(false);
  });
});
