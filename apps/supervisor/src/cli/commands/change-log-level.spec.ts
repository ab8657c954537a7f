import { FakeSupervisor } from '../fake-supervisor.fixture.js';
import { ops } from '../ops.fixture.js';

let peer: FakeSupervisor;
let port: number;
beforeEach(async () => {
  peer = new FakeSupervisor();
  port = await peer.start();
});
afterEach(() => peer.stop());

describe('ops log-level', () => {
  it('changes all workers, or one', async () => {
    peer.gives('PUT /log-level', { changed: [0, 1], failed: [] });
    expect(await ops(['log-level', 'debug'], { port })).toEqual({
      exitCode: 0,
      stdout: 'Workers 0, 1 now log at level debug.\n',
      stderr: '',
    });
    peer.gives('PUT /log-level', { changed: [1], failed: [] });
    const { stdout } = await ops(['log-level', 'info', '--worker', '1'], { port });
    expect(stdout).toBe('Worker 1 now logs at level info.\n');
    expect(peer.bodies).toEqual([{ level: 'debug' }, { level: 'info', worker: 1 }]);
  });

  it('exits with 1 when a worker did not take it, and names it', async () => {
    peer.gives('PUT /log-level', { changed: [0], failed: [1] });
    const { exitCode, stdout, stderr } = await ops(['log-level', 'debug'], { port });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: 'Worker 0 now logs at level debug.\n' });
    expect(stderr).toMatch(/^Worker 1 did not answer/);
  });

  it('exits with 1 when there is nobody to tell', async () => {
    peer.gives('PUT /log-level', { changed: [], failed: [] });
    expect(await ops(['log-level', 'debug'], { port })).toMatchObject({ exitCode: 1, stdout: '' });
  });

  it('exits with 1 for what the workers refuse', async () => {
    peer.refuses('PUT /log-level', 422, { code: 'LOG_LEVEL_REFUSED', detail: '"a=b" is not the context.' });
    expect(await ops(['log-level', 'debug', '--context', 'a=b'], { port })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'The supervisor refuses: "a=b" is not the context.\n',
    });
  });

  it('changes one part of the application for a while', async () => {
    peer.gives('PUT /log-level', { changed: [0, 1], failed: [] });
    const args = ['log-level', 'debug', '--context', 'BooksService', '--for', '1h30m'];
    expect((await ops(args, { port })).stdout).toBe(
      'Workers 0, 1 now log lines of BooksService at level debug for 1 h 30 min.\n',
    );
    expect(peer.bodies).toEqual([{ level: 'debug', context: 'BooksService', forMs: 5_400_000 }]);
  });

  it.each([
    [[], 'DELETE /log-level?', 'Worker 1 logs as configured again.\n'],
    [
      ['--context', 'A B', '--worker', '1'],
      'DELETE /log-level?context=A+B&worker=1',
      'Worker 1 logs lines of A B as configured again.\n',
    ],
  ])('goes back to what is configured: --reset %j', async (args, asked, said) => {
    peer.gives('DELETE /log-level', { changed: [1], failed: [] });
    const { exitCode, stdout } = await ops(['log-level', '--reset', ...args], { port });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: said });
    expect(peer.asked).toEqual([asked]);
  });

  it('shows what each worker logs, and until when', async () => {
    const own = { context: 'BooksService', level: 'debug', until: '2026-11-21T18:05:00.000Z' };
    const workers = [
      { pmId: 0, levels: { level: 'info', contexts: [own] } },
      { pmId: 1, levels: null },
    ];
    peer.gives('GET /log-level', { workers });
    expect((await ops(['log-level'], { port })).stdout.replaceAll(/ +$/gm, '')).toBe(
      `WORKER  CONTEXT       LEVEL      UNTIL
     0  all           info       -
     0  BooksService  debug      2026-11-21 18:05:00 UTC
     1  -             no answer  -
`,
    );
    expect(JSON.parse((await ops(['log-level', '--json'], { port })).stdout)).toEqual({ workers });
  });

  it.each([
    [['loud']],
    [['debug', '--reset']],
    [['--reset', '--for', '5m']],
    [['--context', 'A']],
    [['--for', '5m']],
    [['debug', '--for', '5 minutes']],
  ])('%j is wrong usage, and nobody is asked', async (args) => {
    expect(await ops(['log-level', ...args], { port })).toMatchObject({ exitCode: 2, stdout: '' });
    expect(peer.asked).toEqual([]);
  });

  it('prints one document with --json, and what went wrong on stderr', async () => {
    peer.gives('PUT /log-level', { changed: [0], failed: [1] });
    const { stdout, stderr } = await ops(['log-level', 'debug', '--json'], { port });
    expect(JSON.parse(stdout)).toEqual({ changed: [0], failed: [1] });
    expect(stderr).toContain('Worker 1 did not answer');
  });
});
