import type { Database } from '@evernest/database';
import type { NestLogger } from '@evernest/logging';
import { stateSet, type Reading } from '@evernest/metrics';
import type { GuardVerdict, ProcessGuard } from '@evernest/process-guard';
import type { ResponseCache } from '@evernest/response-cache';

const VERDICTS: readonly GuardVerdict[] = ['healthy', 'strained', 'recycle', 'draining'];
const SECONDS_PER_MINUTE = 60;

/** What the metrics tell of the guard, the database, the response cache and the log, read at each scrape. */
export function serviceReadings(
  guard: Pick<ProcessGuard, 'status' | 'counters'>,
  database: Pick<Database, 'connections'>,
  cache: Pick<ResponseCache, 'figures'>,
  logger: Pick<NestLogger, 'losses'>,
): readonly Reading[] {
  return [
    ...guardReadings(guard),
    ...databaseReadings(database),
    ...cacheReadings(cache),
    ...logReadings(logger),
  ];
}

function guardReadings(guard: Pick<ProcessGuard, 'status' | 'counters'>): Reading[] {
  return [
    stateSet({
      name: 'evernest_guard_verdict',
      help: 'How the worker is: 1 for the verdict that holds.',
      label: 'verdict',
      states: VERDICTS,
      read: () => guard.status().verdict,
    }),
    {
      name: 'evernest_memory_limit_bytes',
      help: 'The resident memory at which the worker is replaced.',
      type: 'gauge',
      read: () => guard.status().rssLimitBytes,
    },
    {
      name: 'evernest_heap_floor_bytes',
      help: 'What the heap held after its latest major collection.',
      type: 'gauge',
      read: () => guard.status().heapFloorBytes,
    },
    {
      name: 'evernest_heap_floor_slope_bytes_per_second',
      help: 'How fast the floor of the heap rises; one that rises steadily is a leak.',
      type: 'gauge',
      read() {
        const perMinute = guard.status().heapFloorSlopeBytesPerMinute;
        return perMinute === null ? null : perMinute / SECONDS_PER_MINUTE;
      },
    },
    {
      name: 'evernest_requests_shed_total',
      help: 'Requests answered 503 because the worker had too much to do.',
      type: 'counter',
      read: () => guard.counters.shedRequests,
    },
    {
      name: 'evernest_requests_drained_total',
      help: 'Requests answered after the worker began to leave.',
      type: 'counter',
      read: () => guard.counters.drainedRequests,
    },
    {
      name: 'evernest_requests_cut_off_total',
      help: 'Requests that the deadline of the drain ended.',
      type: 'counter',
      read: () => guard.counters.cutOffRequests,
    },
  ];
}

function databaseReadings(database: Pick<Database, 'connections'>): Reading[] {
  return [
    {
      name: 'db_client_connections',
      help: 'Connections of the worker to its database, by state.',
      type: 'gauge',
      label: 'state',
      read() {
        const { used, idle } = database.connections;
        return { used, idle };
      },
    },
    {
      name: 'db_client_pending_requests',
      help: 'Queries that wait for a connection.',
      type: 'gauge',
      read: () => database.connections.waiting,
    },
  ];
}

function cacheReadings(cache: Pick<ResponseCache, 'figures'>): Reading[] {
  return [
    {
      name: 'evernest_response_cache_requests_total',
      help: 'Requests to cached routes: answered from memory, by their handler, or with the cache kept out.',
      type: 'counter',
      label: 'outcome',
      read() {
        const { hits, misses, bypasses } = cache.figures;
        return { hit: hits, miss: misses, bypass: bypasses };
      },
    },
    {
      name: 'evernest_response_cache_bytes',
      help: 'The most that the stored answers take in memory.',
      type: 'gauge',
      read: () => cache.figures.bytes,
    },
    {
      name: 'evernest_response_cache_answers',
      help: 'Answers that are stored.',
      type: 'gauge',
      read: () => cache.figures.answers,
    },
  ];
}

function logReadings(logger: Pick<NestLogger, 'losses'>): Reading[] {
  return [
    {
      name: 'evernest_log_lines_lost_total',
      help: 'Lines that no log file could take, for example because the disk was full.',
      type: 'counter',
      read: () => logger.losses.lines,
    },
    {
      name: 'evernest_log_datagrams_dropped_total',
      help: 'Lines that never left for the collector of LOG_UDP.',
      type: 'counter',
      read: () => logger.losses.datagrams,
    },
  ];
}
