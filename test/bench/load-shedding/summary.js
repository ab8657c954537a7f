/** Beyond this, an answer is of no use to whoever asked. */
const USEFUL_MS = 1000;

/**
 * What became of the requests of one phase. Goodput counts the 200s within a second; the percentiles are those of all
 * 200s.
 */
export function summary(outcomes, seconds) {
  const accepted = outcomes.filter(({ status }) => status === 200).map(({ latencyMs }) => latencyMs);
  const shed = outcomes.filter(({ status }) => status === 503);
  return {
    seconds,
    sent: outcomes.length,
    accepted: accepted.length,
    shed: shed.length,
    lost: outcomes.length - accepted.length - shed.length,
    goodput: accepted.filter((latencyMs) => latencyMs <= USEFUL_MS).length / seconds,
    p50Ms: quantile(accepted, 0.5),
    p99Ms: quantile(accepted, 0.99),
    shedP99Ms: quantile(
      shed.map(({ latencyMs }) => latencyMs),
      0.99,
    ),
    /** When the last request was sent that was shed; 0 if none was. */
    lastShedAtMs: Math.max(0, ...shed.map(({ atMs }) => atMs)),
  };
}

export function quantile(values, share) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function median(values) {
  return quantile(values, 0.5);
}
