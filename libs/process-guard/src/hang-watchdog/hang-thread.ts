import { workerData } from 'node:worker_threads';
import type { HangThreadData } from './hang-thread-data.js';
import { LoopWatch } from './loop-watch.js';

/** Imported from here by whoever starts the thread: the compiler emits only files that somebody imports. */
export type { HangThreadData } from './hang-thread-data.js';

/**
 * What the watchdog's thread runs. Everything it may need is loaded now: when the loop hangs, a new release may have
 * replaced the files.
 */
new LoopWatch(workerData as HangThreadData).start();
