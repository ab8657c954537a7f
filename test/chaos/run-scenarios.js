import { makeCatalogue } from './make-catalogue.js';
import { lineOf } from './report/line.js';
import { runTrial } from './run-trial.js';

/** Every scenario asked for, on every target, one at a time. @returns what was found, also if it is interrupted */
export async function runScenarios(wanted, { folder, signal, tell }) {
  const catalogue = await makeCatalogue(folder);
  for (const target of wanted.targets) await target.prepare?.();
  const results = [];
  for (const scenario of wanted.scenarios) {
    for (const target of wanted.targets) {
      if (signal.aborted) break;
      const result = await resultOf({ scenario, target, catalogue, parent: folder, signal, ...wanted });
      if (result) {
        results.push(result);
        tell(lineOf(result));
      }
    }
  }
  return { at: new Date().toISOString(), isInterrupted: signal.aborted, results };
}

async function resultOf(options) {
  const { scenario, target, without, signal } = options;
  const identity = {
    number: scenario.number,
    name: scenario.name,
    target: without ? `without ${scenario.without.part}` : target.name,
  };
  if (scenario.only && scenario.only !== target.name) return { ...identity, held: true, isLeftOut: true };
  try {
    return { ...identity, ...(await runTrial({ ...options, isWithoutPart: without })) };
  } catch (error) {
    if (signal.aborted) return undefined;
    return { ...identity, held: false, error: String(error.stack ?? error), checks: [] };
  }
}
