// libuv's pool has four threads by default, which name look-ups, compression and file reads of requests need too.
const MOST_AT_ONCE = 2;

let taken = 0;
const waiting: (() => void)[] = [];

/**
 * Does one piece of work in the thread pool when it is its turn. A write to a disk that hangs never returns and keeps
 * its thread; whatever number of log files there is, they keep at most two.
 */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (taken < MOST_AT_ONCE) taken += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  }
}
