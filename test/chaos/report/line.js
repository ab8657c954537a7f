import { circumstancesOf } from './circumstances.js';
import { triedOn } from './verdict.js';

/** What came of one trial, in one line and one for each thing that did not hold. */
export function lineOf({ number, name, held, error, isLeftOut, checks, durationMs, ...tried }) {
  const head = `${String(number).padStart(2)} ${name}, ${triedOn(tried)}:`;
  if (isLeftOut) return `${head} left out. ${error}`;
  if (error) return `${head} could not be run\n     ${error}`;
  const failed = checks
    .filter(({ holds }) => !holds)
    .map(
      ({ what, found, bound, decides }) =>
        `\n     ${what}: ${found} (${bound}${decides ? '' : ', only told'})`,
    );
  const machine = failed.length > 0 && circumstancesOf(tried);
  return [
    `${head} ${held ? 'held' : 'NOT HELD'} (${Math.round(durationMs / 1000)} s)`,
    ...failed,
    ...(machine ? [`\n     ${machine}`] : []),
  ].join('');
}
