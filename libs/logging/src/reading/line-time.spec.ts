import { ownTimeOf } from './line-time.js';

describe('the time of a line', () => {
  it.each([
    ['ours', '{"time":"2026-11-21T18:00:00.123Z","level":"info"}', 123],
    ['ours, torn behind it', '{"time":"2026-11-21T18:00:00.123Z","lev', 123],
    ['JSON with its time elsewhere', '{"level":30, "time": "2026-11-21T19:00:00.5+01:00"}', 500],
    ['JSON with ms since 1970', '{"level":30,"time":1795284000007}', 7],
    ["Morgan's combined", '::1 - - [21/Nov/2026:18:00:01 +0000] "GET / HTTP/1.1" 200 2 "-" "-"', 1000],
    ['a web server elsewhere', '::1 - - [21/Nov/2026:12:30:01 -0530] "GET / HTTP/1.1" 200 2', 1000],
    ['text that begins with it', '2026-11-21T18:00:00.250Z something happened', 250],
    ['text with it in brackets', 'GET / [2026-11-21T18:00:00.250Z]', 250],
    ["a web server's other form", 'GET / [Sat, 21 Nov 2026 18:00:02 GMT]', 2000],
  ])('is read from %s', (_what, raw, ms) => {
    expect(ownTimeOf(raw)).toBe(Date.parse('2026-11-21T18:00:00Z') + ms);
  });

  it.each([
    '',
    'eService","message":"torn before"}',
    '{"time":"yesterday"}',
    '{"time":null}',
    '{"time":{}}',
    '{"time":"2026-11-21T18:00:0',
    '::1 - - [31/Foo/2026:18:00:01 +0000] "GET /',
    'worker [1] said 2026',
  ])('is none of %j', (raw) => {
    expect(ownTimeOf(raw)).toBeUndefined();
  });
});
