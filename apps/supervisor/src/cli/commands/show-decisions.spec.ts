import { FakeSupervisor } from '../fake-supervisor.fixture.js';
import { decision, ops } from '../ops.fixture.js';

let peer: FakeSupervisor;
let port: number;
beforeEach(async () => {
  peer = new FakeSupervisor();
  port = await peer.start();
});
afterEach(() => peer.stop());

const UNDER_WAY = decision({
  action: 'reload',
  worker: null,
  reason: 'A person asked.',
  outcome: null,
  durationMs: null,
});

describe('ops decisions', () => {
  it('shows what was decided, why, and how it went', async () => {
    peer.gives('GET /decisions', { items: [UNDER_WAY, decision()] });
    const { exitCode, stdout, stderr } = await ops(['decisions'], { port });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(
      `AT                       WORKER  ACTION   CAUSE            RESULT       TOOK  REASON
2026-11-21 15:30:12 UTC   fleet  reload   reloaded         under way       -  A person asked.
2026-11-21 15:30:12 UTC       0  restart  ended by itself  done       400 ms  Worker 0 ended by itself. → Process 4712 was ready 0.4 s later.
`,
    );
  });

  it('asks for as many as are wanted, of one worker', async () => {
    peer.gives('GET /decisions', { items: [] });
    await ops(['decisions'], { port });
    await ops(['decisions', '--limit', '7', '--worker', '0'], { port });
    expect(peer.asked).toEqual(['GET /decisions?limit=20', 'GET /decisions?limit=7&worker=0']);
  });

  it('loses nothing of a reason on a narrow terminal', async () => {
    peer.gives('GET /decisions', { items: [decision()] });
    const { stdout } = await ops(['decisions'], { port, columns: 110 });
    const [titles = '', ...lines] = stdout.split('\n');
    const words = lines.map((line) => line.slice(titles.indexOf('REASON'))).join(' ');
    expect(words.trim()).toBe('Worker 0 ended by itself. → Process 4712 was ready 0.4 s later.');
  });

  it('prints one document with --json', async () => {
    peer.gives('GET /decisions', { items: [UNDER_WAY] });
    expect(JSON.parse((await ops(['decisions', '--json'], { port })).stdout)).toEqual({ items: [UNDER_WAY] });
  });

  it('says so when there is none', async () => {
    peer.gives('GET /decisions', { items: [] });
    expect((await ops(['decisions'], { port })).stdout).toBe('Nothing has been decided yet.\n');
  });
});
