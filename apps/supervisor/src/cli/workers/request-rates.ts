/** How many requests each worker has answered since its start, by its number. */
export type RequestCounts = ReadonlyMap<number, number>;

const SAMPLE = /^http_request_duration_seconds_count\{(?<labels>.*)\}\s+(?<value>\S+)/;
const WORKER = /(?:^|,)\s*worker="(?<pmId>\d+)"/;

/** What the supervisor itself asks of workers is no traffic. */
const PROBE = /(?:^|,)\s*route="\/(?:health|metrics)["/]/;

/** Requests of clients: probes and scrapes do not count. @param metrics the fleet's, in Prometheus' text format */
export function requestCounts(metrics: string): RequestCounts {
  const counts = new Map<number, number>();
  for (const line of metrics.split('\n')) {
    const { labels = '', value } = SAMPLE.exec(line)?.groups ?? {};
    const pmId = WORKER.exec(labels)?.groups?.['pmId'];
    const count = Number(value);
    if (pmId === undefined || !Number.isFinite(count) || PROBE.test(labels)) continue;
    counts.set(Number(pmId), (counts.get(Number(pmId)) ?? 0) + count);
  }
  return counts;
}

/** Requests per second between two scrapes; no entry for a worker that was not in both or began to count anew. */
export function requestRates(
  before: RequestCounts,
  after: RequestCounts,
  elapsedMs: number,
): ReadonlyMap<number, number> {
  const rates = new Map<number, number>();
  for (const [pmId, count] of after) {
    const answered = count - (before.get(pmId) ?? Infinity);
    if (answered >= 0 && elapsedMs > 0) rates.set(pmId, (1000 * answered) / elapsedMs);
  }
  return rates;
}
