import { FakeSupervisor } from '../fake-supervisor.fixture.js';
import { decision, fleet, ops, worker } from '../ops.fixture.js';

let peer: FakeSupervisor;
let port: number;
beforeEach(async () => {
  peer = new FakeSupervisor();
  port = await peer.start();
});
afterEach(() => peer.stop());

const GONE = worker({
  pmId: 1,
  pid: null,
  state: 'crashed',
  ready: false,
  restarts: 7,
  uptimeSeconds: null,
  guard: null,
  lastDecision: decision({ action: 'park', outcome: null, durationMs: null }),
});

/** Each scrape counts so many more. */
function countRequests(step: number): void {
  let count = 1000;
  peer.on('GET /metrics', (_request, response) => {
    count += step;
    response.end(`http_request_duration_seconds_count{worker="0"} ${count}\n`);
  });
}

describe('ops workers', () => {
  it('shows each worker in a line, and the fleet below', async () => {
    countRequests(0);
    peer.gives('GET /workers', fleet(worker(), GONE));
    const { exitCode, stdout, stderr } = await ops(['workers'], { port });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(
      `WORKER  STATE    VERDICT  READY         MEMORY  FLOOR/MIN  LOOP P99  LOOP  REQ/S  RESTARTS         AGE  LAST CAUSE
     0  online   healthy  yes    213 / 700 MiB   +1.2 MiB     12 ms  34 %    0.0         1  3 min 20 s  ended by itself, 3 min 20 s ago
     1  crashed  -        no                 -          -         -     -      -         7           -  parked, 3 min 20 s ago, under way

1 of 2 workers ready, 2026-11-21 15:33:33 UTC
`,
    );
  });

  it('names the cause of the last end, and how long a worker has been silent', async () => {
    countRequests(0);
    const lastWords = { cause: 'hang', message: 'It hung.', at: '2026-11-21T15:30:12.345Z' };
    peer.gives(
      'GET /workers',
      fleet(worker({ silentForMs: 2400, lastDecision: decision({ evidence: { lastWords } }) })),
    );
    const { stdout } = await ops(['workers'], { port });
    expect(stdout).toContain('  silent 2 s  ');
    expect(stdout).toContain('  hang, 3 min 20 s ago\n');
  });

  it('counts requests between two scrapes', async () => {
    countRequests(50);
    peer.gives('GET /workers', fleet(worker(), GONE));
    const startedAt = performance.now();
    const { stdout } = await ops(['workers', '--json'], { port, timing: { sampleMs: 50 } });
    const elapsedSeconds = (performance.now() - startedAt) / 1000;
    const [first, second] = JSON.parse(stdout).workers;
    expect(first.requestsPerSecond).toBeGreaterThan(50 / elapsedSeconds);
    expect(first.requestsPerSecond).toBeLessThanOrEqual(50 / 0.049);
    expect(second.requestsPerSecond).toBeNull();
    expect(peer.asked.filter((asked) => asked === 'GET /metrics')).toHaveLength(2);
  });

  it('prints with --json what the supervisor said, as one document', async () => {
    countRequests(0);
    peer.gives('GET /workers', fleet(worker()));
    const { stdout, stderr } = await ops(['workers', '--json'], { port });
    expect(JSON.parse(stdout)).toEqual({
      ...fleet(),
      workers: [{ ...worker(), requestsPerSecond: 0 }],
    });
    expect(stderr).toBe('');
  });

  it('shows the workers also when there are no metrics', async () => {
    peer.gives('GET /workers', fleet(worker()));
    peer.refuses('GET /metrics', 503, { detail: 'No worker answers.' });
    const { exitCode, stdout } = await ops(['workers'], { port });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/ 34 % {6}- /);
  });

  it('says so when there is no worker at all', async () => {
    countRequests(0);
    peer.gives('GET /workers', fleet());
    expect((await ops(['workers'], { port })).stdout).toBe('0 of 2 workers ready, 2026-11-21 15:33:33 UTC\n');
  });

  it.each([120, 80, 40])('keeps within a terminal of %d columns', async (columns) => {
    countRequests(0);
    peer.gives('GET /workers', fleet(worker(), GONE));
    const { stdout } = await ops(['workers'], { port, columns });
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    for (const shown of ['213 / 700 MiB', '+1.2 MiB', '12 ms', '34 %']) expect(stdout).toContain(shown);
  });
});
