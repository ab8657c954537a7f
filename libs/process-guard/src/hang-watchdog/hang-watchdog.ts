import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { Logger } from '@nestjs/common';
import type { HangThreadData } from './hang-thread.js';
import { debuggerIsOpen, publishMainThreadView } from './main-thread-view.js';
import { boardMemory, SharedBoard, type NotedRequest } from './shared-board.js';

/** What {@link startHangWatchdog} needs; nothing has a default here. */
export interface HangWatchdogOptions {
  /** The event loop hangs when it has stood still for so long; above 0. */
  readonly timeoutMs: number;
  /** Where the last words of a killed process go. */
  readonly lastWordsFolder: string;
  readonly bootId: string;
  /** pm2's number of the worker; null outside pm2. */
  readonly pmId: number | null;
  /** The request that the calling code runs for; read in the middle of whatever hangs, so it must neither wait nor change anything. */
  readonly currentRequest: () => NotedRequest | undefined;
}

/** Watches the event loop of the main thread from a thread of its own until it is stopped. */
export interface HangWatchdog {
  /** The loop moves. To be called from a timer, every 20 to 50 ms; takes 0.03 µs. */
  beat(): void;
  /** A request begins. What hangs in native code can only be told by the request that began last. Takes 0.2 µs. */
  noteRequest(id: string, method: string, route: string): void;
  /** Ends the thread; nothing is left behind. */
  stop(): Promise<void>;
}

/**
 * The young generation is kept small so that it does not grow with the garbage of idle looks. The old one is a limit,
 * not a cost: nothing of it is occupied before a source map of 4 MB has to be read.
 */
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 192 };

/**
 * Kills the process when its event loop stands still for `timeoutMs`, after writing last words that name the function and
 * the request that hold it. The process is neither kept alive by it nor delayed when it exits, and if the thread fails,
 * the service runs on without it.
 * @throws Error if no thread can be started.
 */
export function startHangWatchdog(options: HangWatchdogOptions): HangWatchdog {
  const { currentRequest, ...data } = options;
  const memory = boardMemory();
  const board = new SharedBoard(memory);
  board.debuggerIsOpen = debuggerIsOpen();
  const unpublish = publishMainThreadView(currentRequest);
  const thread = startThread({
    ...data,
    board: memory,
    heapLimitBytes: getHeapStatistics().heap_size_limit,
  });
  return {
    beat() {
      board.beat();
      board.debuggerIsOpen = debuggerIsOpen();
    },
    noteRequest: (id, method, route) => board.noteRequest(id, method, route),
    async stop() {
      unpublish();
      await thread.terminate();
    },
  };
}

/** Without the main thread's arguments, environment and streams: the thread shall load nothing but its own files. */
function startThread(workerData: HangThreadData): Worker {
  const thread = new Worker(new URL('./hang-thread.js', import.meta.url), {
    name: 'hang-watchdog',
    workerData,
    env: {},
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: THREAD_LIMITS,
  });
  thread.unref();
  thread.on('error', (error) => {
    new Logger('HangWatchdog').warn({
      message: 'the hang watchdog has failed: a hang will not be noticed',
      error,
    });
  });
  return thread;
}
