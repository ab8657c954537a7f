import { requestCounts, requestRates } from './request-rates.js';

const METRICS = `# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{le="0.1",worker="0"} 900
http_request_duration_seconds_sum{worker="0"} 12.5
http_request_duration_seconds_count{route="/books/{id}",worker="0"} 1200
http_request_duration_seconds_count{worker="0",route="/books"} 34
http_request_duration_seconds_count{worker="12",route="/books"} 5 1732203213000
http_request_duration_seconds_count{method="GET",route="/health/live",worker="12"} 500
http_request_duration_seconds_count{worker="12",route="/health"} 500
http_request_duration_seconds_count{worker="12",route="/metrics"} 500
http_request_duration_seconds_count{worker="12",route="/healthy-food"} 1
http_request_duration_seconds_count{worker="3"} NaN
http_request_duration_seconds_count{route="/books",coworker="4"} 7
`;

describe('requests per second', () => {
  it('adds up what each worker counts over all its routes but those of probes and scrapes', () => {
    expect([...requestCounts(METRICS)]).toEqual([
      [0, 1234],
      [12, 6],
    ]);
  });

  it('knows none of a worker that has come, gone or begun to count anew', () => {
    const before = new Map([
      [0, 100],
      [1, 100],
      [2, 100],
    ]);
    const after = new Map([
      [0, 150],
      [1, 7],
      [3, 10],
    ]);
    expect([...requestRates(before, after, 2000)]).toEqual([[0, 25]]);
    expect([...requestRates(before, after, 0)]).toEqual([]);
  });
});
