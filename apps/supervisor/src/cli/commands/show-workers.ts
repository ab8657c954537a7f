import { EXIT } from '../exit-codes.js';
import { pause } from '../follow/pause.js';
import { fleetPicture } from '../workers/fleet-picture.js';
import { ratesBetween, sampleFleet } from '../workers/fleet-sample.js';
import type { CommandContext } from './command-context.js';

/** How the workers are; takes as long as requests are counted. */
export async function showWorkers({ api, output, surroundings }: CommandContext): Promise<number> {
  const { signal, timing } = surroundings;
  const before = await sampleFleet(api);
  await pause(timing.sampleMs, signal);
  const sample = await sampleFleet(api);
  const rates = ratesBetween(before, sample);
  if (output.isJson) {
    const workers = sample.fleet.workers.map((worker) => ({
      ...worker,
      requestsPerSecond: rates.get(worker.pmId) ?? null,
    }));
    output.json({ ...sample.fleet, workers });
  } else {
    output.block(fleetPicture(sample.fleet, rates, output));
  }
  return EXIT.done;
}
