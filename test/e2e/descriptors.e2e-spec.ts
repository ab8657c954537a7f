import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuardedApp } from '../support/guarded-app.js';
import { KeepAliveClient } from '../support/keep-alive-client.js';

const LIMIT = 512;
const THREE_QUARTERS = 384;
const FOR_EVER_MS = 600_000;
/** For the client that stays connected: without it there would be a free one. */
const DRAIN_TIMEOUT_MS = 1_000;
const LEFT = { exitCode: 72, signal: null };

let app: GuardedApp;
let client: KeepAliveClient;
afterEach(async () => {
  client.close();
  await app.dispose();
});

async function start(recycleGraceMs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'evernest-descriptors-'));
  app = await GuardedApp.start({ recycleGraceMs, drainTimeoutMs: DRAIN_TIMEOUT_MS }, {}, folder);
  execFileSync('prlimit', ['--pid', String(app.process.pid), `--nofile=${LIMIT}`]);
  client = new KeepAliveClient(app.port);
}

async function leak(count: number): Promise<unknown> {
  return JSON.parse((await client.get(`/leak/descriptors?count=${count}`)).body);
}

// It reads /proc, and limits a process that runs already.
(process.platform === 'linux' ? describe : describe.skip)('a worker that forgets to close files', () => {
  it('leaves to be replaced while there are some left', async () => {
    await start(0);
    expect(await leak(THREE_QUARTERS)).toEqual({ until: null });
    expect(await app.ended).toEqual(LEFT);
    expect(app.lastWords()).toMatchObject({
      cause: 'descriptors',
      exitCode: 72,
      message: expect.stringMatching(/^4\d\d of 512 file descriptors are open, \d of them for clients\.$/),
      evidence: { openDescriptors: expect.any(Number), descriptorLimit: LIMIT },
    });
  }, 30_000);

  it('does not wait for a supervisor when none is left, and can still say why before it has drained', async () => {
    await start(FOR_EVER_MS);
    await leak(THREE_QUARTERS);
    await app.outputContains('file descriptors are open');
    expect(await leak(LIMIT)).toEqual({ until: 'EMFILE' });
    await app.outputContains('drained in');
    expect(app.lastWords()).toMatchObject({ cause: 'descriptors', evidence: { openDescriptors: LIMIT } });
    expect(await app.ended).toEqual(LEFT);
  }, 30_000);
});
