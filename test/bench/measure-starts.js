import { join } from 'node:path';
import { cpuMicroseconds, pssBytes } from './figures/process-usage.js';
import { startTarget } from './targets/start-target.js';
import { randomFrom, shuffled } from './workloads/random.js';

const ORDER_SEED = 6;

/** Starts and stops each target once a round, in another order each time; nothing else runs meanwhile. */
export async function measureStarts({ targets, rounds, onRound, folder, ...options }) {
  const random = randomFrom(ORDER_SEED);
  const starts = [];
  for (let round = 1; round <= rounds; round += 1) {
    onRound(round);
    for (const target of shuffled(targets, random)) {
      const ownFolder = join(folder, `start-${round}-${target.name}`);
      const started = await startTarget({ target, folder: ownFolder, ...options });
      const pids = started.pids();
      starts.push({
        target: target.name,
        round,
        readyMs: started.readyMs,
        cpuMs: cpuMicroseconds(pids) / 1000,
        pssBytes: pssBytes(pids),
      });
      await started.stop();
    }
  }
  return starts;
}
