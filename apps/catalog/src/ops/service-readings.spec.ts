import type { GuardStatus, ProcessGuard } from '@evernest/process-guard';
import { serviceReadings } from './service-readings.js';

const counters = { shedRequests: 3, drainedRequests: 2, cutOffRequests: 1 };
const connections = { used: 4, idle: 6, waiting: 9 };
const figures = { hits: 5, misses: 6, bypasses: 7, answers: 8, bytes: 9 };
const losses = { lines: 7, datagrams: 8 };

function read(name: string, status: Partial<GuardStatus> = {}) {
  const guard = { status: () => status as GuardStatus, counters } as ProcessGuard;
  return serviceReadings(guard, { connections }, { figures }, { losses })
    .find((reading) => reading.name === name)
    ?.read();
}

describe('what the metrics tell of the service', () => {
  it('is 1 for the verdict of the guard and 0 for all others', () => {
    expect(read('evernest_guard_verdict', { verdict: 'recycle' })).toEqual({
      healthy: 0,
      strained: 0,
      recycle: 1,
      draining: 0,
    });
  });

  it('is the slope of the heap in bytes per second, once there is one', () => {
    const name = 'evernest_heap_floor_slope_bytes_per_second';
    expect(read(name, { heapFloorSlopeBytesPerMinute: 120 })).toBe(2);
    expect(read(name, { heapFloorSlopeBytesPerMinute: null })).toBeNull();
  });

  it('is what became of requests', () => {
    expect(read('evernest_requests_shed_total')).toBe(3);
    expect(read('evernest_requests_drained_total')).toBe(2);
    expect(read('evernest_requests_cut_off_total')).toBe(1);
  });

  it('is the pool of the database', () => {
    expect(read('db_client_connections')).toEqual({ used: 4, idle: 6 });
    expect(read('db_client_pending_requests')).toBe(9);
  });

  it('is what the response cache was asked and what it holds', () => {
    expect(read('evernest_response_cache_requests_total')).toEqual({ hit: 5, miss: 6, bypass: 7 });
    expect(read('evernest_response_cache_answers')).toBe(8);
    expect(read('evernest_response_cache_bytes')).toBe(9);
  });

  it('is what the log has lost', () => {
    expect(read('evernest_log_lines_lost_total')).toBe(7);
    expect(read('evernest_log_datagrams_dropped_total')).toBe(8);
  });
});
