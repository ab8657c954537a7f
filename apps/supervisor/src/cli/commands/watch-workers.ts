import { NotReachableError } from '../api/errors.js';
import { EXIT } from '../exit-codes.js';
import { pause } from '../follow/pause.js';
import { LiveScreen } from '../output/live-screen.js';
import { fleetPicture } from '../workers/fleet-picture.js';
import { ratesBetween, sampleFleet, type FleetSample } from '../workers/fleet-sample.js';
import type { CommandContext } from './command-context.js';

/** The same again and again, until Ctrl-C. A supervisor that goes away is waited for, once it has been there. */
export async function watchWorkers({ api, output, surroundings }: CommandContext): Promise<number> {
  const { signal, stdout, timing } = surroundings;
  let latest: FleetSample | null = await sampleFleet(api);
  const screen = new LiveScreen(stdout);
  try {
    screen.show(fleetPicture(latest.fleet, new Map(), output));
    for (;;) {
      await pause(timing.sampleMs, signal);
      const sample = await sampleIfThere();
      if (sample instanceof NotReachableError) {
        latest = null;
        screen.show(output.paint('red', output.fit(sample.message)));
      } else {
        screen.show(fleetPicture(sample.fleet, ratesBetween(latest, sample), output));
        latest = sample;
      }
    }
  } catch (error) {
    if (signal.aborted) return EXIT.done;
    throw error;
  } finally {
    screen.close();
  }

  async function sampleIfThere(): Promise<FleetSample | NotReachableError> {
    try {
      return await sampleFleet(api);
    } catch (error) {
      if (error instanceof NotReachableError) return error;
      throw error;
    }
  }
}
