import fc from 'fast-check';
import {
  tell,
  TICK_MS,
  type Look,
  type Story,
  type Told,
} from '../../../../test/support/simulated-fleet/simulated-fleet.js';
import type { Trouble } from '../../../../test/support/simulated-fleet/simulated-worker.js';
import type { Worker } from '../fleet/worker.js';
import { decide, type Intent, type PolicyOptions } from './decide.js';
import { emptyHistory, parkedWorker } from './history.js';

const HOUR_MS = 3_600_000;
const defaults: Omit<PolicyOptions, 'expectedWorkers'> = {
  silenceLimitMs: 3000,
  startLimitMs: 30_000,
  budget: 5,
  budgetWindowMs: 30_000,
  coolDownMs: 30_000,
  longestCoolDownMs: 900_000,
};

/** Stories of whole fleets: troubles for a minute and a half, and long enough afterwards to recover. */
const TROUBLED_MS = 90_000;
const LONGEST_TROUBLE_MS = 60_000;
const RECOVERY_MS = 900_000;
/** About three milliseconds each. */
const STORIES = 2000;
const PATIENCE_MS = 120_000;

/** Short lives are more likely: they make loops. */
const soonMs = fc.oneof(fc.integer({ min: 200, max: 2000 }), fc.integer({ min: 200, max: 45_000 }));

/** What befalls one worker, or all at once. */
function troublesOf(workers: number): fc.Arbitrary<readonly Trouble[]> {
  const atMs = fc.integer({ min: 1, max: TROUBLED_MS });
  const lastsMs = fc.integer({ min: 1, max: LONGEST_TROUBLE_MS });
  const once = fc.constantFrom('hang', 'leak', 'crash', 'person-stops', 'person-starts');
  const often = fc.constantFrom('crash-loop', 'slow-start', 'hang-loop', 'leak-loop');
  const trouble = fc.oneof(
    fc.record({ kind: once, pmId: fc.nat(workers - 1), atMs }),
    fc
      .record({ kind: often, pmId: fc.nat(workers - 1), atMs, afterMs: soonMs, lastsMs })
      .map(({ lastsMs: lasts, ...rest }) => Object.assign(rest, { untilMs: rest.atMs + lasts })),
  );
  const all = Array.from({ length: workers }, (_, pmId) => pmId);
  return fc.oneof(
    { weight: 5, arbitrary: trouble.map((one) => [one]) },
    { weight: 1, arbitrary: trouble.map((one) => all.map((pmId) => Object.assign({}, one, { pmId }))) },
  );
}

const anyStory: fc.Arbitrary<Story> = fc.integer({ min: 1, max: 6 }).chain((workers) =>
  fc.record({
    workers: fc.constant(workers),
    options: fc.constant({ ...defaults, longestCoolDownMs: 60_000 }),
    troubles: fc.array(troublesOf(workers), { maxLength: 10 }).map((some) => some.flat()),
    databaseAway: fc.record({ fromMs: fc.nat(TROUBLED_MS), untilMs: fc.nat(TROUBLED_MS) }),
    actions: fc
      .array(fc.record({ tookMs: fc.nat(12_000), fails: fc.boolean() }), { maxLength: 4 })
      .map((actions) => actions.concat({ tookMs: 2000, fails: false })),
    supervisorRestartsAtMs: fc.array(fc.nat(TROUBLED_MS), { maxLength: 3 }),
    untilMs: fc.constant(TROUBLED_MS + LONGEST_TROUBLE_MS + RECOVERY_MS),
  }),
);

function actingOf({ intents }: Look): readonly Intent[] {
  return intents.filter(({ action }) => action !== 'alarm');
}

type Act = Intent & { readonly look: Look; readonly worker: Worker };

function actsOf({ looks }: Told): readonly Act[] {
  return looks.flatMap((look) =>
    actingOf(look).map((intent) =>
      Object.assign({ look, worker: look.fleet.workers.find(({ pmId }) => pmId === intent.pmId)! }, intent),
    ),
  );
}

function actsTo(action: Intent['action'], told: Told): readonly Act[] {
  return actsOf(told).filter((act) => act.action === action);
}

function readyOf({ fleet }: Look): number {
  return fleet.workers.filter(({ isReady }) => isReady).length;
}

/** What holds in every story. @returns what breaks it */
type Rule = (told: Told, story: Story) => readonly unknown[];

const RULES: Readonly<Record<string, Rule>> = {
  'one thing is done at a time': ({ looks }) =>
    looks.filter((look) => {
      const acting = actingOf(look).length;
      return acting > (look.history.isActing ? 0 : 1) || look.intents.length - acting > 1;
    }),

  'a worker is only replaced if it asks for it and all others are ready': (told) =>
    actsTo('replace', told).filter(({ worker, look }) => {
      const others = readyOf(look) - (worker.isReady ? 1 : 0);
      const expected = told.options.expectedWorkers - look.stoppedByPersons.size;
      return worker.state !== 'online' || worker.guard?.verdict !== 'recycle' || others < expected - 1;
    }),

  'no worker is killed that answers, drains or may still be starting': (told) =>
    actsTo('kill', told).filter(({ worker: { state, guard, silentForMs, ageMs } }) => {
      const mayBeStarting = !guard && ageMs! < 30_000;
      return state !== 'online' || silentForMs < 3000 || mayBeStarting;
    }),

  'nothing is done about a worker that is well, or that a person has stopped': (told, { troubles }) => {
    const troubled = new Set<number | null>(troubles.map(({ pmId }) => pmId));
    return actsOf(told).filter(({ pmId, look }) => !troubled.has(pmId) || look.stoppedByPersons.has(pmId!));
  },

  'not more than half of the fleet is sent to rest, but for those that pm2 has given up': (told) =>
    actsTo('park', told).filter(({ pmId, worker, look: { fleet, history, stoppedByPersons } }) => {
      if (worker.state === 'crashed' || parkedWorker(history, pmId!)) return false;
      const resting = fleet.workers.filter((other) => parkedWorker(history, other.pmId)?.triedAtMs === null);
      const serving = fleet.workers.length - stoppedByPersons.size;
      return resting.length + 1 > Math.max(1, serving / 2);
    }),

  'a parked worker rests for its cool-down, also if the supervisor is killed meanwhile': (told) => {
    const parkedAtMs = new Map<number | null, number>();
    return actsOf(told).filter(({ action, pmId, look: { fleet } }) => {
      if (action === 'park') parkedAtMs.set(pmId, fleet.atMs);
      return action === 'try' && !(fleet.atMs - parkedAtMs.get(pmId)! >= 30_000);
    });
  },

  'a supervisor that goes on from the file decides the same': ({ looks, options }) =>
    looks
      .filter(({ history }) => history.ends.length + history.parked.length > 0)
      .filter(({ fleet, history, intents }) => {
        const decided = decide(fleet, JSON.parse(JSON.stringify(history)), options);
        return JSON.stringify(decided) !== JSON.stringify(intents);
      }),

  'every reason is a sentence': ({ looks }) =>
    looks.flatMap(({ intents }) => intents).filter(({ reason }) => !/^[A-Z0-9].*[^.]\.$/.test(reason)),

  'all workers are back once it is over, and nothing more is done': (told) => {
    const { fleet, stoppedByPersons } = told.looks.at(-1)!;
    const isBack = ({ pmId, state, isReady, guard }: Worker) =>
      stoppedByPersons.has(pmId) ? state === 'stopped' : isReady && guard?.verdict === 'healthy';
    const late = told.looks.slice(-30).flatMap(({ intents }) => intents);
    return [...fleet.workers.filter((worker) => !isBack(worker)), ...told.history.parked, ...late];
  },
};

describe('whatever happens', () => {
  const stories = { seed: fc.readConfigureGlobal()?.seed ?? Date.now(), numRuns: STORIES };
  const broken = new Set<string>();

  /** Each story is told once for all the rules. */
  beforeAll(() => {
    for (const story of fc.sample(anyStory, stories)) {
      const told = tell(story);
      for (const [name, rule] of Object.entries(RULES)) if (rule(told, story).length > 0) broken.add(name);
    }
  }, PATIENCE_MS);

  it.each(Object.entries(RULES))(
    '%s',
    (name, rule) => {
      // The same stories again, so that fast-check finds and tells the shortest that breaks the rule.
      const property = fc.property(anyStory, (story) => expect(rule(tell(story), story)).toEqual([]));
      if (broken.has(name)) fc.assert(property, stories);
      expect(broken).not.toContain(name);
    },
    PATIENCE_MS,
  );
});

describe('in an otherwise healthy fleet', () => {
  const calm = { options: defaults, actions: [{ tookMs: 0, fails: false }] };
  const fleetSize = fc.integer({ min: 2, max: 8 });

  it('a hung worker is killed once, within the limit and one look', () => {
    fc.assert(
      fc.property(fleetSize, fc.nat(), fc.integer({ min: 1, max: 30_000 }), (workers, any, atMs) => {
        const pmId = any % workers;
        const troubles: Trouble[] = [{ kind: 'hang', pmId, atMs }];
        const told = tell({ ...calm, workers, troubles, untilMs: 60_000 });
        const [kill, ...others] = actsOf(told);
        expect(others).toEqual([]);
        expect(kill).toMatchObject({ action: 'kill', pmId });
        const hungForMs = kill!.look.fleet.atMs - told.looks[0]!.fleet.atMs - atMs;
        expect(hungForMs).toBeLessThanOrEqual(defaults.silenceLimitMs + TICK_MS);
      }),
      { numRuns: 500 },
    );
  });

  it('all that leak are replaced once each, and never more than one is away', () => {
    const tookMs = fc.integer({ min: 0, max: 12_000 });
    const leaks = fc.array(fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 20_000 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fleetSize, leaks, tookMs, (workers, some, took) => {
        const leaking = new Map(some.map(([any, atMs]) => [any % workers, atMs]));
        const troubles = [...leaking].map(([pmId, atMs]): Trouble => ({ kind: 'leak', pmId, atMs }));
        const actions = [{ tookMs: took, fails: false }];
        const told = tell({ ...calm, workers, troubles, actions, untilMs: 200_000 });
        const acts = actsOf(told);
        expect(acts.every(({ action }) => action === 'replace')).toBe(true);
        expect(acts).toHaveLength(leaking.size);
        expect(new Set(acts.map(({ pmId }) => pmId))).toEqual(new Set(leaking.keys()));
        expect(Math.min(...told.looks.map(readyOf))).toBeGreaterThanOrEqual(workers - 1);
      }),
      { numRuns: 300 },
    );
  });

  it('a worker that leaks from its start is replaced no more often than the budget allows', () => {
    fc.assert(
      fc.property(fleetSize, fc.integer({ min: 0, max: 20_000 }), (workers, afterMs) => {
        const span = { atMs: 1, untilMs: HOUR_MS };
        const troubles: Trouble[] = [{ kind: 'leak-loop', pmId: 0, afterMs, ...span }];
        const { starts } = tell({ ...calm, workers, troubles, untilMs: 300_000 }).workers[0]!;
        expect(mostWithin(starts, defaults.budgetWindowMs)).toBeLessThanOrEqual(defaults.budget);
      }),
      { numRuns: 50 },
    );
  });

  it('a crash loop costs this one worker and ever fewer starts', () => {
    // The trials of the densest hour come after 0.5, 1, 2, 4, 8, 15 and 15 minutes of rest. Until a look has seen an end
    // and pm2 has stopped the worker, it may be started three times more.
    const mostStarts = defaults.budget + 3 + 7 * (1 + 3);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 500, max: 3000 }), (workers, afterMs) => {
        const span = { atMs: 1, untilMs: 2 * HOUR_MS };
        const troubles: Trouble[] = [{ kind: 'crash-loop', pmId: 1, afterMs, ...span }];
        const told = tell({ ...calm, workers, troubles, untilMs: 2 * HOUR_MS });
        expect(mostWithin(told.workers[1]!.starts, HOUR_MS)).toBeLessThanOrEqual(mostStarts);
        expect(actsOf(told).every(({ pmId }) => pmId === 1)).toBe(true);
        expect(Math.min(...told.looks.map(readyOf))).toBeGreaterThanOrEqual(workers - 1);
      }),
      { numRuns: 12 },
    );
  });

  it('a worker that always hangs does not become a storm either', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2900 }), (afterMs) => {
        const troubles: Trouble[] = [{ kind: 'hang-loop', pmId: 0, atMs: 1, untilMs: HOUR_MS, afterMs }];
        const options = { ...defaults, silenceLimitMs: 1000 };
        const told = tell({ ...calm, options, workers: 3, troubles, untilMs: HOUR_MS });
        expect(mostWithin(told.workers[0]!.starts, HOUR_MS)).toBeLessThanOrEqual(defaults.budget + 1 + 7 * 2);
      }),
      { numRuns: 10 },
    );
  });
});

describe('when the cause is not in the workers', () => {
  const calm = { options: defaults, actions: [] };

  it('a database that is away for an hour is no reason to do anything', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), (workers) => {
        const databaseAway = { fromMs: 1, untilMs: HOUR_MS };
        const told = tell({ ...calm, workers, troubles: [], databaseAway, untilMs: HOUR_MS });
        expect(told.looks.flatMap(({ intents }) => intents)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  it('most workers that fall silent within a second are left alone, loudly', () => {
    const spread = fc.array(fc.nat(900), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        spread,
        fc.nat(30_000),
        fc.nat(),
        (workers, delays, atMs, any) => {
          const least = Math.max(2, Math.floor(workers / 2) + 1);
          const hung = least + (any % (workers - least + 1));
          const troubles = delays
            .slice(0, hung)
            .map((delay, pmId): Trouble => ({ kind: 'hang', pmId, atMs: atMs + 1 + delay }));
          const told = tell({ ...calm, workers, troubles, untilMs: atMs + 35_000 });
          expect(actsOf(told)).toEqual([]);
          expect(told.looks.at(-1)!.intents).toMatchObject([{ action: 'alarm' }]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('most workers in a crash loop are left alone, loudly, whatever the others do', () => {
    const someWorker = fc.record({
      state: fc.constantFrom('online' as const, 'stopping' as const, 'crashed' as const),
      silentForMs: fc.nat(9000),
      isReady: fc.boolean(),
      verdict: fc.constantFrom('healthy', 'recycle'),
      ends: fc.integer({ min: 5, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(someWorker, { minLength: 2, maxLength: 9 }), fc.nat(), (some, any) => {
        const least = Math.max(2, Math.floor(some.length / 2) + 1);
        const looping = least + (any % (some.length - least + 1));
        const atMs = HOUR_MS;
        const workers = some.map(
          ({ verdict, ...part }, pmId) =>
            Object.assign(part, { pmId, pid: 1, ageMs: HOUR_MS, guard: { verdict } }) as unknown as Worker,
        );
        const ends = some
          .slice(0, looping)
          .flatMap(({ ends: times }, pmId) =>
            Array.from({ length: times }, (_, ago) => ({ pmId, atMs: atMs - ago })),
          );
        const options = { ...defaults, expectedWorkers: some.length };
        const intents = decide({ atMs, workers }, { ...emptyHistory, ends }, options);
        expect(intents).toMatchObject([{ action: 'alarm' }]);
      }),
      { numRuns: 1000 },
    );
  });
});

/** The most moments within any stretch of so long. */
function mostWithin(moments: readonly number[], lengthMs: number): number {
  const within = (fromMs: number) =>
    moments.filter((atMs) => atMs >= fromMs && atMs < fromMs + lengthMs).length;
  return Math.max(0, ...moments.map(within));
}
