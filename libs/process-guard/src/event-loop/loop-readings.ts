import { performance } from 'node:perf_hooks';

/** What Node tells about its event loop. */
export interface LoopReadings {
  /** Monotonic. */
  nowMs(): number;
  /** How long the loop has waited for something to do since the process started. */
  idleMs(): number;
  /** The processor time that all threads of the process have used. */
  cpuMs(): number;
  /** Calls back again and again, without keeping the process alive. @returns the function that ends it */
  every(intervalMs: number, callback: () => void): () => void;
}

export const NODE_LOOP: LoopReadings = {
  nowMs: () => performance.now(),
  idleMs: () => performance.eventLoopUtilization().idle,
  cpuMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  every(intervalMs, callback) {
    const timer = setInterval(callback, intervalMs).unref();
    return () => clearInterval(timer);
  },
};
