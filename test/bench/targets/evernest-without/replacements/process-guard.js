import { NEVER } from 'rxjs';

/** Watches nothing and finds everything healthy. A signal ends the process as Node has it. */
export class ProcessGuard {
  drainSignal = new AbortController().signal;
  draining = NEVER;
  isDraining = false;
  isLive = true;
  counters = { shedRequests: 0 };

  status() {
    return { pid: process.pid, verdict: 'healthy', reason: null };
  }

  sampleMemory() {}
}
