import { LeftOut } from './left-out.js';
import { makeCatalogue } from './make-catalogue.js';
import { isDisturbed } from './report/disturbed.js';
import { lineOf } from './report/line.js';
import { runTrial } from './run-trial.js';
import { watchStolenTime } from './watch/stolen-time.js';

/** Every scenario asked for, on every target, one at a time. @returns what was found, also if it is interrupted */
export async function runScenarios(wanted, { folder, signal, tell }) {
  const catalogue = await makeCatalogue(folder);
  for (const target of wanted.targets) await target.prepare?.();
  const results = [];
  for (const scenario of wanted.scenarios) {
    for (const target of wanted.targets.filter(({ name }) => (scenario.only ?? name) === name)) {
      if (signal.aborted) return results;
      const trial = { ...wanted, scenario, target, catalogue, parent: folder, signal };
      const result = await resultOf(trial);
      if (!result) return results;
      tell(lineOf(result));
      const again = wanted.quick && isDisturbed(result) ? await resultOf(trial) : undefined;
      if (again) tell(`${lineOf(again)}\n     at a second try, as other machines had the processors`);
      results.push(again ? { ...again, firstTry: result } : result);
    }
  }
  return results;
}

/** @returns undefined if it was interrupted */
async function resultOf({ scenario, target, without, ...options }) {
  const { number, name, fault, mustHold, note } = scenario;
  const part = without ? scenario.without.part : undefined;
  const identity = { number, name, fault, mustHold, note, target: target.name, without: part };
  const stolenPercent = watchStolenTime();
  try {
    const found = await runTrial({ ...options, scenario, target, isWithoutPart: without });
    return { ...identity, ...found, stolenPercent: stolenPercent() };
  } catch (error) {
    if (options.signal.aborted) return undefined;
    const notRun = { ...identity, held: false, checks: [], stolenPercent: stolenPercent() };
    if (error instanceof LeftOut) return { ...notRun, error: error.message, isLeftOut: true };
    return { ...notRun, error: error.stack ?? String(error) };
  }
}
