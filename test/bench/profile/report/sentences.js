import { short, whole } from '../../report/numbers.js';
import { percent } from './columns.js';

/** What the terminal and the page say of a run in words. */
export function runSentences({ run, samples, sampleUs, idleShare }) {
  const { requests, failed, seconds } = run;
  return [
    `${whole(requests)} requests in ${short(seconds)} s, ${whole(samples)} samples, one each ${short(sampleUs)} µs.`,
    ...(failed > 0 ? [`${whole(failed)} of the requests failed: this is no profile of the workload.`] : []),
    `Processor time of a request: ${short(run.processMicroseconds)} µs, of which ${short(run.mainThreadMicroseconds)} µs are the main thread’s, whose profile this is; ${short(run.unprofiledMicroseconds)} µs without the profiler, right after.`,
    `For ${percent(idleShare)} of the time the main thread had nothing to do; the shares below are of the rest.`,
  ];
}
