import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { Agent, METHODS, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { mergeExpositions } from '../../apps/supervisor/src/metrics/merge-expositions.js';
import { itWithPromtool, promtool } from '../support/promtool.js';
import { startService, type Service } from '../support/service.js';

let stateDir: string;
let service: Service;
let socketPath: string;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'evernest-metrics-'));
  service = await startService({ STATE_DIR: stateDir });
  const [socket] = await readdir(join(stateDir, 'run'));
  socketPath = join(stateDir, 'run', socket!);
});
afterAll(async () => {
  agent.destroy();
  await service.stop();
  await rm(stateDir, { recursive: true, force: true });
});

async function ask(path: string, method = 'GET'): Promise<{ answer: IncomingMessage; body: string }> {
  const asked = request({ socketPath, path, method, agent }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { answer, body: await text(answer) };
}

async function scrape(): Promise<string> {
  return (await ask('/metrics')).body;
}

/** Everything but the values. */
function seriesOf(exposition: string): Set<string> {
  const samples = exposition.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Set(samples.map((line) => line.slice(0, line.lastIndexOf(' '))));
}

describe('the metrics of a worker', () => {
  it('are served at its service door, in the text format, and not to be stored', async () => {
    const { answer } = await ask('/metrics');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    });
  });

  it('are not served at the front door', async () => {
    expect((await fetch(`${service.url}/metrics`)).status).toBe(404);
  });

  it('tell of requests, guard and database', async () => {
    await ask('/books/7');
    const exposition = await scrape();
    expect(exposition).toContain(
      'http_request_duration_seconds_count{method="GET",route="/books/:id",code="404"} 1\n',
    );
    expect(exposition).toContain('evernest_guard_verdict{verdict="healthy"} 1\n');
    expect(exposition).toContain('evernest_requests_shed_total 0\n');
    expect(exposition).toContain('db_client_connections{state="idle"} 1\n');
    expect(exposition).toContain('http_requests_in_flight 1\n');
    expect(exposition).toContain('http_requests_aborted_total 0\n');
  });

  it('have no more series after a thousand URLs and methods that nobody foresaw', async () => {
    const methods = METHODS.filter((method) => method !== 'CONNECT');
    const paths = ['/nowhere/7', '/books/7', '/books/of-no-number', '/authors?search=nobody'];
    for (const method of methods) await Promise.all(paths.map((path) => ask(path, method)));
    const before = seriesOf(await scrape());
    const word = () => encodeURIComponent(Math.random().toString(36).slice(2));
    const number = () => 1 + Math.floor(Math.random() * 1e9);
    for (let round = 0; round < 250; round += 1) {
      const method = methods[round % methods.length]!;
      const random = [
        `/${word()}/${word()}`,
        `/books/${number()}`,
        `/books/x${word()}`,
        `/authors?search=${word()}`,
      ];
      await Promise.all(random.map((path) => ask(path, method)));
    }
    const after = seriesOf(await scrape());
    // What is not known at first, such as the floor of the heap, comes later by itself.
    const fresh = [...after].filter((series) => !before.has(series) && series.startsWith('http_'));
    expect(fresh).toEqual([]);
    expect([...after].filter((series) => /route="[^"]*\d/.test(series))).toEqual([]);
  });

  itWithPromtool('are what promtool accepts without a complaint', async () => {
    expect(await promtool(await scrape())).toBe('');
    expect(await promtool('a{ 1\n')).toContain('promtool ended with 1');
  });

  itWithPromtool('of several workers together are so too', async () => {
    const exposition = await scrape();
    const { text: merged, malformed } = mergeExpositions(
      new Map([
        [0, exposition],
        [1, exposition],
      ]),
    );
    expect(malformed).toEqual([]);
    expect(seriesOf(merged).size).toBe(2 * seriesOf(exposition).size);
    expect(await promtool(merged)).toBe('');
  });
});
