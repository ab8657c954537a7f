import { freePort } from '../support/pm2.js';
import { hasPrometheus, Prometheus } from '../support/prometheus.js';
import { itWithPromtool, promtool } from '../support/promtool.js';
import { SupervisedCluster } from '../support/supervised-cluster.js';

let cluster: SupervisedCluster;
beforeAll(async () => {
  cluster = await SupervisedCluster.start(2);
}, 90_000);
afterAll(() => cluster.dispose(), 60_000);

async function scrape(): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${cluster.pm2.opsPort}/metrics`, {
    headers: { authorization: 'Bearer ops-token' },
  });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  return answer.text();
}

describe('the metrics of the supervisor', () => {
  it('tell of every worker, of itself, and of ends that nobody asked for', async () => {
    const [{ pid } = { pid: 0 }] = await cluster.workers();
    process.kill(pid!, 'SIGKILL');
    await cluster.decisionsUntil((seen) =>
      seen.some(({ worker, outcome }) => worker?.pid === pid && outcome !== null),
    );
    await cluster.workersUntil((seen) => seen.length === 2 && seen.every(({ ready }) => ready));
    const exposition = await scrape();
    const workers = (await cluster.workers()).map(({ pmId }) => pmId);
    for (const worker of [...workers, 'supervisor'])
      expect(exposition).toContain(`process_resident_memory_bytes{worker="${worker}"} `);
    for (const worker of workers)
      expect(exposition).toMatch(
        new RegExp(`^evernest_restart_budget_left\\{worker="${worker}"\\} [0-5]$`, 'm'),
      );
    expect(exposition).toContain('evernest_worker_ends_total{cause="unknown"} 1\n');
    expect(exposition).toContain('evernest_decisions_total{action="restart",result="done"} 1\n');
    expect(exposition).toContain('evernest_workers{state="online"} 2\n');
    expect(exposition).toContain('evernest_worker_metrics_skipped_total{reason="malformed"} 0\n');
  }, 60_000);

  const itWithPrometheus = hasPrometheus ? it : it.skip;
  itWithPrometheus(
    'are scraped by a real Prometheus (skipped where it is not installed)',
    async () => {
      const prometheus = Prometheus.start(await freePort(), `127.0.0.1:${cluster.pm2.opsPort}`, 'ops-token');
      const workers = await prometheus.query('evernest_guard_verdict{verdict="healthy"} == 1');
      const up = await prometheus.query('up');
      await prometheus.stop();
      expect(up.map(({ value }) => value[1])).toEqual(['1']);
      expect(workers.map(({ metric }) => metric['worker'])).toEqual(
        (await cluster.workers()).map(({ pmId }) => String(pmId)),
      );
    },
    60_000,
  );

  itWithPromtool('are what promtool accepts without a complaint', async () => {
    expect(await promtool(await scrape())).toBe('');
  });
});
