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

  it('exits with 1 for a level that the workers do not know', async () => {
    peer.refuses('PUT /log-level', 422, { code: 'LOG_LEVEL_REFUSED', detail: 'There is no level loud.' });
    expect(await ops(['log-level', 'loud'], { port })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'The supervisor refuses: There is no level loud.\n',
    });
  });

  it('prints one document with --json, and what went wrong on stderr', async () => {
    peer.gives('PUT /log-level', { changed: [0], failed: [1] });
    const { stdout, stderr } = await ops(['log-level', 'debug', '--json'], { port });
    expect(JSON.parse(stdout)).toEqual({ changed: [0], failed: [1] });
    expect(stderr).toContain('Worker 1 did not answer');
  });
});
