import { spread } from './quantile.js';

/**
 * How one figure of some turns relates to that of others in the same round, where the machine was the same: the median of
 * the ratios of all rounds that have both, with its quartiles. Undefined when there is none.
 */
export function ratioOf(turns, others, figure) {
  const byRound = new Map(others.map((turn) => [turn.round, turn]));
  const ratios = turns
    .filter(({ round }) => byRound.has(round))
    .map((turn) => turn[figure] / byRound.get(turn.round)[figure])
    .filter(Number.isFinite);
  return spread(ratios);
}
