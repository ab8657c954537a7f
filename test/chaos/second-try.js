import { isAsWanted } from './report/verdict.js';

/**
 * Tries once more what is not as wanted: neighbours that take the processors for some seconds do not take them twice, and a defect
 * shows twice.
 * @template {object | undefined} Result
 * @param {() => Promise<Result>} attempt resolves with nothing if it was interrupted
 * @param {(result: Result) => void} tellFirst told what came of the first, if there is a second
 * @returns {Promise<Result>}
 */
export async function withSecondTry(attempt, tellFirst) {
  const first = await attempt();
  if (!first || isAsWanted(first)) return first;
  tellFirst(first);
  return attempt();
}
