import type { Fleet, Worker } from '../fleet/worker.js';
import { budgetLeft, coolDownMs } from './budget.js';
import { endsSince, parkedWorker, type History } from './history.js';
import type { PolicyOptions } from './policy-options.js';
import { isSilent } from './silence.js';

export type { History, ParkedWorker } from './history.js';
export type { PolicyOptions } from './policy-options.js';

/** One thing to be done now. The evidence says what of the fleet it rests on. */
export interface Intent {
  readonly action: 'replace' | 'kill' | 'park' | 'try' | 'alarm';
  /** Null for an alarm. */
  readonly pmId: number | null;
  /** One sentence for a person. */
  readonly reason: string;
}

type Rule = (fleet: Fleet, history: History, options: PolicyOptions) => Intent | undefined;

/** At most one thing that acts, and at most one alarm. Readiness is never a ground: a restart brings no database back. */
export function decide(...seen: Parameters<Rule>): readonly Intent[] {
  const [, { isActing }] = seen;
  const alarm = whenMostLookBad(...seen);
  if (alarm) return [alarm];
  const rules = isActing ? [] : [killTheSilent, parkCrashLoops, tryTheRested, replaceWhoAsks];
  const acting = rules.map((rule) => rule(...seen)).filter((intent) => intent !== undefined);
  return [...acting.slice(0, 1), whenMostRest(...seen)].filter((intent) => intent !== undefined);
}

/** Fail open: what befalls most workers at once does not come from them. Half of the silence counts, or the first would be killed. */
const whenMostLookBad: Rule = (fleet, history, options) => {
  const all = thoseThatOughtToServe(fleet, history);
  const silent = all.filter((worker) => isSilent(worker, options, 0.5));
  const looping = all.filter(
    ({ pmId }) => endsSince(history, pmId, fleet.atMs - options.budgetWindowMs) >= options.budget,
  );
  const bad = new Set([...silent, ...looping]).size;
  if (!isMost(bad, all.length)) return undefined;
  const symptoms = `silent: ${numbers(silent)}; in a crash loop: ${numbers(looping)}`;
  const reason = `${bad} of ${all.length} workers look bad at once (${symptoms}). The cause is not in them, so nothing is done.`;
  return { action: 'alarm', pmId: null, reason };
};

/** The same one after the other: at most half of the workers may rest. */
const whenMostRest: Rule = (fleet, history, options) => {
  const all = thoseThatOughtToServe(fleet, history);
  const resting = all.filter(({ pmId }) => budgetLeft(history, pmId, fleet.atMs, options) === 0);
  if (!isMost(resting.length, all.length)) return undefined;
  const reason = `${resting.length} of ${all.length} workers are in a crash loop or rest after one (${numbers(resting)}). No more of them are parked.`;
  return { action: 'alarm', pmId: null, reason };
};

const killTheSilent: Rule = ({ workers }, _history, options) => {
  const [worker] = workers
    .filter((each) => isSilent(each, options))
    .toSorted((one, other) => other.silentForMs - one.silentForMs);
  if (!worker) return undefined;
  const reason = `Worker ${worker.pmId} has answered nothing for ${seconds(worker.silentForMs)}.`;
  return { action: 'kill', pmId: worker.pmId, reason };
};

const parkCrashLoops: Rule = (...seen) => {
  const [{ workers }, history, options] = seen;
  for (const worker of workers) {
    const why = whyPark(worker, ...seen);
    if (!why) continue;
    const { pmId } = worker;
    const times = (parkedWorker(history, pmId)?.times ?? 0) + 1;
    const reason = `Worker ${pmId} ${why}: it rests for ${seconds(coolDownMs(times, options))}.`;
    return { action: 'park', pmId, reason };
  }
  return undefined;
};

/** One that pm2 has given up is parked as well, because only parked ones get a trial. */
function whyPark({ pmId, state }: Worker, ...seen: Parameters<Rule>): string | undefined {
  const [fleet, history, options] = seen;
  const parked = parkedWorker(history, pmId);
  if (parked?.triedAtMs === null || state === 'stopped' || state === 'stopping') return undefined;
  const ends = endsSince(history, pmId, fleet.atMs - options.budgetWindowMs);
  const window = seconds(options.budgetWindowMs);
  if (state === 'crashed' && ends === 0) return `has had no process for ${window}, so pm2 has given it up`;
  if (budgetLeft(history, pmId, fleet.atMs, options) > 0) return undefined;
  // The last one that might serve goes on trying, as slowly as pm2's delay makes it.
  if (!fleet.workers.some((other) => other.pmId !== pmId && other.isReady)) return undefined;
  if (parked) return 'has ended on its trial';
  return whenMostRest(...seen) ? undefined : `has ended ${ends} times in ${window}`;
}

const tryTheRested: Rule = ({ workers, atMs }, history, options) => {
  for (const { pmId, state } of workers) {
    const parked = parkedWorker(history, pmId);
    if (parked?.triedAtMs !== null || state === 'online' || state === 'stopping') continue;
    const restedMs = atMs - parked.parkedAtMs;
    if (restedMs < coolDownMs(parked.times, options)) continue;
    return {
      action: 'try',
      pmId,
      reason: `Worker ${pmId} has rested for ${seconds(restedMs)}: it gets one start.`,
    };
  }
  return undefined;
};

/** The largest first: all have the same limit, so it is the nearest to it. */
const replaceWhoAsks: Rule = (fleet, history, options) => {
  const { workers } = fleet;
  const shortestLifeMs = options.budgetWindowMs / options.budget;
  const [worker] = workers
    .filter(
      ({ state, guard, silentForMs }) =>
        state === 'online' && guard?.verdict === 'recycle' && silentForMs === 0,
    )
    .filter(({ ageMs }) => ageMs !== null && ageMs >= shortestLifeMs)
    .toSorted((one, other) => (other.guard?.rssBytes ?? 0) - (one.guard?.rssBytes ?? 0));
  // A person may have scaled the service down.
  const ought = Math.min(options.expectedWorkers, thoseThatOughtToServe(fleet, history).length);
  const readyOthers = workers.filter((other) => other.isReady && other !== worker).length;
  if (!worker || readyOthers < ought - 1) return undefined;
  const reason = `Worker ${worker.pmId} asks to be replaced: ${worker.guard?.reason ?? 'it does not say why.'}`;
  return { action: 'replace', pmId: worker.pmId, reason };
};

/** All but those that a person has stopped. */
function thoseThatOughtToServe({ workers }: Fleet, history: History): Fleet['workers'] {
  return workers.filter(({ pmId, state }) => state !== 'stopped' || parkedWorker(history, pmId));
}

function isMost(some: number, all: number): boolean {
  return some >= 2 && some > all / 2;
}

function numbers(workers: Fleet['workers']): string {
  return workers.map(({ pmId }) => pmId).join(', ') || 'none';
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
