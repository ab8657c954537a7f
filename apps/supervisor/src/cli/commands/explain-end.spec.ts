import { FakeSupervisor } from '../fake-supervisor.fixture.js';
import { decision, ops, worker } from '../ops.fixture.js';

let peer: FakeSupervisor;
let port: number;
beforeEach(async () => {
  peer = new FakeSupervisor();
  port = await peer.start();
});
afterEach(() => peer.stop());

describe('ops why', () => {
  it('tells the last end of a worker, also of one that is no more', async () => {
    peer.gives('GET /decisions', { items: [decision()] });
    const { exitCode, stdout, stderr } = await ops(['why', '0'], { port });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^Worker 0 \(process 4711\) ended at 2026-11-21 15:30:12 UTC, .* ago\.\n/);
    expect(stdout).toMatch(/\nProcess 4712 was ready 0\.4 s later\.\n$/);
    expect(peer.asked).toEqual(['GET /decisions?limit=100&worker=0']);
  });

  it('prints with --json the decision, the last words and the sentences', async () => {
    const lastWords = {
      cause: 'asked',
      message: 'Asked to stop.',
      at: '2026-11-21T15:30:12.345Z',
      exitCode: 0,
      stack: null,
      request: null,
      uptimeSeconds: 5,
      memory: { rssBytes: 1, heapUsedBytes: null, heapLimitBytes: null, externalBytes: null },
      evidence: {},
    };
    const end = decision({ evidence: { lastWords } });
    peer.gives('GET /decisions', { items: [end] });
    const document = JSON.parse((await ops(['why', '0', '--json'], { port })).stdout);
    expect(document).toMatchObject({ pmId: 0, decision: end, lastWords, later: [] });
    expect(document.sentences).toContain('It was asked to stop: Asked to stop.');
  });

  it('says so when the worker has not ended', async () => {
    peer.gives('GET /decisions', { items: [] }).gives('GET /workers/3', worker({ pmId: 3 }));
    expect(await ops(['why', '3'], { port })).toEqual({
      exitCode: 0,
      stdout: 'Worker 3 has not ended as far as the supervisor remembers.\n',
      stderr: '',
    });
  });

  it('exits with 1 when there is no such worker', async () => {
    peer.gives('GET /decisions', { items: [] });
    peer.refuses('GET /workers/9', 404, { code: 'WORKER_UNKNOWN', detail: 'There is no worker 9.' });
    expect(await ops(['why', '9'], { port })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'The supervisor refuses: There is no worker 9.\n',
    });
  });

  it('breaks its sentences where the terminal ends', async () => {
    peer.gives('GET /decisions', { items: [decision()] });
    const { stdout } = await ops(['why', '0'], { port, columns: 40 });
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  });
});
