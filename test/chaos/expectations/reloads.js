import { atLeast, exactly } from './bounds.js';

/** @param {number} wanted.requests how many there have to be at least, or nothing is shown */
export async function expectNothingLost(trial, { reloads, requests }) {
  trial.begin();
  const { workers } = trial.cluster;
  await trial.reload(reloads);
  const outcome = await trial.over();
  trial.expect('workers started', outcome.restarts, atLeast(reloads * workers));
  trial.expect('requests', outcome.requests, atLeast(requests));
  trial.expect('lost', outcome.lost.own.length + outcome.lost.bystanders.length, exactly(0));
}
