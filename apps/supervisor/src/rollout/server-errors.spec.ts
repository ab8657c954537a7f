import { countRequests } from './server-errors.js';

describe('the requests that a new worker has answered', () => {
  it('are counted over all routes, with those of them that it failed, and without probes', () => {
    const metrics = [
      '# TYPE http_request_duration_seconds histogram',
      'http_request_duration_seconds_bucket{le="0.1",method="GET",route="/books",code="500"} 99',
      'http_request_duration_seconds_count{method="GET",route="/books",code="200"} 40',
      'http_request_duration_seconds_count{method="GET",route="/books/:id",code="500"} 3',
      'http_request_duration_seconds_count{method="POST",route="/books",code="503"} 2',
      'http_request_duration_seconds_count{method="GET",route="/health/ready",code="503"} 7',
    ].join('\n');
    expect(countRequests(metrics)).toEqual({ requests: 45, errors: 5 });
  });

  it('are none where there are no metrics', () => {
    expect(countRequests('')).toEqual({ requests: 0, errors: 0 });
  });
});
