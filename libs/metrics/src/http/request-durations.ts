import { BOUNDS_SECONDS, DurationSeries } from './duration-series.js';

const NAME = 'http_request_duration_seconds';
const UNMATCHED = 'unmatched';
const OTHER = 'other';
/** Any other would let callers make up series. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

type ByCode = Map<number, DurationSeries>;

interface Sample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/**
 * The histogram of HTTP requests, as prom-client's registry takes it. prom-client's own builds a string of the labels for
 * each observation, also through `labels()`, and that takes longer than all the rest.
 */
export class RequestDurations {
  readonly name = NAME;
  private readonly routes = new Map<string, Map<string, ByCode>>();

  /** @param route the pattern; undefined if none matched */
  observe(route: string | undefined, method: string, code: number, seconds: number): void {
    this.series(route ?? UNMATCHED, METHODS.has(method) ? method : OTHER, code).add(seconds);
  }

  /** Called by the registry at each scrape. */
  get() {
    return Promise.resolve({
      name: NAME,
      help: 'Time from the arrival of a request to the end of its answer, by method, route and status code.',
      type: 'histogram',
      values: [...this.samples()],
    });
  }

  /** Called by the registry's `resetMetrics`. */
  reset(): void {
    this.routes.clear();
  }

  private series(route: string, method: string, code: number): DurationSeries {
    const byMethod = getOrAdd(this.routes, route, () => new Map<string, ByCode>());
    const byCode = getOrAdd(byMethod, method, () => new Map<number, DurationSeries>());
    return getOrAdd(byCode, code, () => new DurationSeries());
  }

  private *samples(): Iterable<Sample> {
    for (const [route, methods] of this.routes)
      for (const [method, codes] of methods)
        for (const [code, series] of codes) yield* samplesOf(series, { method, route, code });
  }
}

function* samplesOf(series: DurationSeries, labels: Sample['labels']): Iterable<Sample> {
  const counts = series.cumulative();
  const count = counts.at(-1) ?? 0;
  for (const [index, value] of counts.entries())
    yield { metricName: `${NAME}_bucket`, labels: { le: BOUNDS_SECONDS[index] ?? '+Inf', ...labels }, value };
  yield { metricName: `${NAME}_sum`, labels, value: series.sumSeconds };
  yield { metricName: `${NAME}_count`, labels, value: count };
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
