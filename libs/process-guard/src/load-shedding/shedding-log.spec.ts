import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { SheddingLog } from './shedding-log.js';

let nowMs: number;
let log: SheddingLog;
let lines: unknown[];

beforeEach(() => {
  nowMs = 0;
  lines = [];
  log = new SheddingLog(() => nowMs);
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(line));
  jest.spyOn(Logger.prototype, 'log').mockImplementation((line: unknown) => void lines.push(line));
});

function pass(ms: number): void {
  for (const endsAtMs = nowMs + ms; nowMs < endsAtMs; nowMs += 20) log.beat();
}

describe('the log of load shedding', () => {
  it('has one line when it begins and one when nothing was shed for ten seconds', () => {
    log.noteShed('the event loop is saturated', 123.4);
    pass(500);
    log.noteShed('the event loop is saturated', 200);
    expect(lines).toEqual([
      {
        message: 'shedding load, because the event loop is saturated',
        reason: 'the event loop is saturated',
        waitMs: 123,
      },
    ]);
    pass(10_000);
    expect(lines).toHaveLength(1);
    pass(20);
    expect(lines.slice(1)).toEqual([
      { message: 'load shedding is over: 2 requests in 500 ms', shed: 2, forMs: 500 },
    ]);
  });

  it('counts each time anew', () => {
    for (let time = 0; time < 2; time += 1) {
      log.noteShed('x');
      pass(11_000);
    }
    expect(lines).toHaveLength(4);
    expect(lines[3]).toMatchObject({ shed: 1 });
  });

  it('has no flood of lines when the load comes and goes', () => {
    for (let second = 0; second < 600; second += 1) {
      log.noteShed('x');
      pass(1000);
    }
    expect(lines).toHaveLength(1);
  });

  it('has its last line when it is stopped', () => {
    log.stop();
    expect(lines).toHaveLength(0);
    log.noteShed('x');
    log.stop();
    log.stop();
    expect(lines).toHaveLength(2);
  });
});

describe('the state', () => {
  it('tells that load is shed until a second after the last request that was', () => {
    expect(log.state).toEqual({ shedding: false, reason: null, shedCount: 0 });
    log.noteShed('the memory is strained');
    pass(980);
    expect(log.state).toEqual({ shedding: true, reason: 'the memory is strained', shedCount: 1 });
    pass(20);
    expect(log.state).toEqual({ shedding: false, reason: null, shedCount: 1 });
  });
});
