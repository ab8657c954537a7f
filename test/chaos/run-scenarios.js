import { LeftOut } from './left-out.js';
import { makeCatalogue } from './make-catalogue.js';
import { lineOf } from './report/line.js';
import { runTrial } from './run-trial.js';
import { withSecondTry } from './second-try.js';

/** Every scenario asked for, on every target, one at a time. @returns what was found, also if it is interrupted */
export async function runScenarios(wanted, { folder, signal, tell }) {
  const catalogue = await makeCatalogue(folder);
  for (const target of wanted.targets) await target.prepare?.();
  const results = [];
  for (const scenario of wanted.scenarios) {
    for (const target of wanted.targets.filter(({ name }) => (scenario.only ?? name) === name)) {
      if (signal.aborted) return results;
      const attempt = () => resultOf({ ...wanted, scenario, target, catalogue, parent: folder, signal });
      const tellFirst = (result) => tell(`${lineOf(result)}\n     A quick run tries it once more.`);
      const result = await (wanted.quick ? withSecondTry(attempt, tellFirst) : attempt());
      if (!result) return results;
      results.push(result);
      tell(lineOf(result));
    }
  }
  return results;
}

/** @returns undefined if it was interrupted */
async function resultOf({ scenario, target, without, ...options }) {
  const { number, name, fault, mustHold, note } = scenario;
  const part = without ? scenario.without.part : undefined;
  const identity = { number, name, fault, mustHold, note, target: target.name, without: part };
  try {
    return { ...identity, ...(await runTrial({ ...options, scenario, target, isWithoutPart: without })) };
  } catch (error) {
    if (options.signal.aborted) return undefined;
    if (error instanceof LeftOut)
      return { ...identity, held: false, checks: [], error: error.message, isLeftOut: true };
    return { ...identity, held: false, checks: [], error: error.stack ?? String(error) };
  }
}
