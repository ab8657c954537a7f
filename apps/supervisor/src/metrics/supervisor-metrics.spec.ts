import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Decision } from '../decisions/decision.js';
import type { Worker } from '../fleet/worker.js';
import { Operations } from '../operations.js';
import { parseExposition } from './parse-exposition.js';
import { SupervisorMetrics } from './supervisor-metrics.js';

const TOLD = '# HELP a A\n# TYPE a gauge\na 1\n';

let operations: {
  expectedWorkers: number;
  decisions: () => readonly Decision[];
  fleet: () => { atMs: number; workers: Pick<Worker, 'pmId' | 'state' | 'isReady'>[] };
  budgetLeft: (pmId: number) => number;
  workerMetrics: jest.Mock<() => Promise<ReadonlyMap<number, string>>>;
};
let metrics: SupervisorMetrics;
let close: () => Promise<void>;

beforeEach(async () => {
  operations = {
    expectedWorkers: 2,
    decisions: () => [],
    fleet: () => ({
      atMs: 0,
      workers: [
        { pmId: 0, state: 'online', isReady: true },
        { pmId: 1, state: 'crashed', isReady: false },
      ],
    }),
    budgetLeft: (pmId) => 5 - pmId,
    workerMetrics: jest.fn(() => Promise.resolve(new Map())),
  };
  const providers = [SupervisorMetrics, { provide: Operations, useValue: operations }];
  const module = await Test.createTestingModule({ providers }).compile();
  metrics = module.get(SupervisorMetrics);
  close = () => module.close();
});
afterEach(() => close());

function decision(id: string, given: Partial<Decision> = {}): Decision {
  const at = '2026-11-21T15:00:00.000Z';
  const outcome = { result: 'done', message: 'It went well.' } as const;
  return {
    id,
    at,
    worker: null,
    action: 'restart',
    reason: 'So.',
    evidence: {},
    outcome,
    durationMs: 1,
    ...given,
  };
}

async function lines(prefix: string): Promise<string[]> {
  const text = await metrics.fleetExposition();
  return text.split('\n').filter((line) => line.startsWith(prefix) && !line.endsWith(' 0'));
}

describe('what is done about workers', () => {
  it('is counted once when it is over, also what an earlier supervisor did', async () => {
    const old = decision('1');
    operations.decisions = () => [old];
    expect(await lines('evernest_decisions_total')).toEqual([
      'evernest_decisions_total{action="restart",result="done"} 1',
    ]);
    const failed = decision('2', { action: 'kill', outcome: { result: 'failed', message: 'No.' } });
    operations.decisions = () => [old, { ...failed, outcome: null }];
    await metrics.fleetExposition();
    operations.decisions = () => [old, failed, decision('3'), decision('4', { outcome: null })];
    const expected = [
      'evernest_decisions_total{action="kill",result="failed"} 1',
      'evernest_decisions_total{action="restart",result="done"} 2',
    ];
    expect(await lines('evernest_decisions_total')).toEqual(expected);
    expect(await lines('evernest_decisions_total')).toEqual(expected);
  });

  it('is still counted when the log has forgotten it', async () => {
    const all = Array.from({ length: 1500 }, (_, id) => decision(String(id)));
    for (const from of [0, 400, 500]) {
      operations.decisions = () => all.slice(from, from + 1000);
      await metrics.fleetExposition();
    }
    expect(await lines('evernest_decisions_total')).toEqual([
      'evernest_decisions_total{action="restart",result="done"} 1500',
    ]);
  });

  it('has series from the beginning, so that the first event is an increase', async () => {
    const text = await metrics.fleetExposition();
    expect(text).toContain('evernest_decisions_total{action="reload",result="interrupted"} 0\n');
    expect(text).toContain('evernest_worker_ends_total{cause="hang"} 0\n');
  });
});

describe('ends of workers', () => {
  it('are counted by their causes, several of one decision too', async () => {
    const ends: readonly unknown[] = [
      [{ cause: 'hang' }, { cause: 'asked' }],
      [{ cause: 'hang' }, { cause: 'made up' }, {}, null],
      'none',
    ];
    operations.decisions = () => ends.map((some, id) => decision(String(id), { evidence: { ends: some } }));
    expect(await lines('evernest_worker_ends_total')).toEqual([
      'evernest_worker_ends_total{cause="hang"} 2',
      'evernest_worker_ends_total{cause="asked"} 1',
      'evernest_worker_ends_total{cause="unknown"} 3',
    ]);
  });
});

describe('the fleet', () => {
  it('is told by the states of its workers and by what is left of their budgets', async () => {
    expect(await lines('evernest_workers')).toEqual([
      'evernest_workers{state="online"} 1',
      'evernest_workers{state="crashed"} 1',
      'evernest_workers_ready 1',
      'evernest_workers_expected 2',
    ]);
    expect(await lines('evernest_restart_budget_left')).toEqual([
      'evernest_restart_budget_left{worker="0"} 5',
      'evernest_restart_budget_left{worker="1"} 4',
    ]);
  });
});

describe('the exposition of the fleet', () => {
  it('has the metrics of the workers, and those of the supervisor beside them', async () => {
    operations.workerMetrics.mockResolvedValue(
      new Map([
        [0, `${TOLD}# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 5\n`],
        [1, TOLD],
      ]),
    );
    expect(await lines('a{')).toEqual(['a{worker="0"} 1', 'a{worker="1"} 1']);
    expect(await lines('process_resident_memory_bytes')).toEqual([
      'process_resident_memory_bytes{worker="0"} 5',
      expect.stringMatching(/^process_resident_memory_bytes\{worker="supervisor"\} \d{8,}$/),
    ]);
    expect(parseExposition(await metrics.fleetExposition())).toBeDefined();
  });

  it('counts what it leaves out', async () => {
    operations.workerMetrics.mockResolvedValue(
      new Map([
        [0, TOLD],
        [1, 'half a li'],
        [2, '# TYPE a counter\na 1\n'],
      ]),
    );
    expect(await lines('evernest_worker_metrics_skipped_total')).toEqual([
      'evernest_worker_metrics_skipped_total{reason="malformed"} 1',
      'evernest_worker_metrics_skipped_total{reason="conflict"} 1',
    ]);
  });

  it('has those of the supervisor also when no worker can be asked', async () => {
    jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    operations.workerMetrics.mockRejectedValue(new Error('no such folder'));
    expect(await lines('evernest_workers_ready')).toEqual(['evernest_workers_ready 1']);
  });

  it('costs no timer once the application is closed', async () => {
    const clear = jest.spyOn(globalThis, 'clearInterval');
    await close();
    expect(clear).toHaveBeenCalledTimes(1);
  });
});
