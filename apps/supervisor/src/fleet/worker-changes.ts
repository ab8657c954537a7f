import type { Fleet, Worker } from './worker.js';

/** The workers that came, went, or changed what a person watches them for. One that went is `stopped`. */
export function workerChanges(before: Fleet | undefined, now: Fleet): Worker[] {
  const former = new Map(before?.workers.map((worker) => [worker.pmId, worker]));
  const changed = now.workers.filter((worker) => aspects(worker) !== aspects(former.get(worker.pmId)));
  for (const { pmId } of now.workers) former.delete(pmId);
  return [...changed, ...Array.from(former.values(), gone)];
}

function aspects(worker: Worker | undefined): string {
  return worker
    ? [worker.state, worker.pid, worker.isReady, worker.guard?.verdict, worker.silentForMs > 0].join()
    : '';
}

function gone(worker: Worker): Worker {
  return { ...worker, pid: null, state: 'stopped', isReady: false };
}
