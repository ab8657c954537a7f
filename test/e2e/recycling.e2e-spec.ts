import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuardedApp } from '../support/guarded-app.js';
import { KeepAliveClient } from '../support/keep-alive-client.js';

const MEBIBYTE = 1024 * 1024;

let app: GuardedApp;
afterEach(() => app.dispose());

function start(options: Record<string, unknown>, ...flags: string[]): Promise<GuardedApp> {
  return GuardedApp.start(options, {}, mkdtempSync(join(tmpdir(), 'evernest-recycling-')), flags);
}

async function get(path: string) {
  const client = new KeepAliveClient(app.port);
  const answer = await client.get(path);
  client.close();
  return answer;
}

describe('a worker that leaks', () => {
  it.each(['objects', 'map', 'listeners'])(
    'is recycled with 72 before its heap is full: %s',
    async (what) => {
      app = await start({}, '--max-old-space-size=160');
      await get(`/leak/${what}?mib=25`);
      expect(await app.ended).toEqual({ exitCode: 72, signal: null });
      const words = app.lastWords() as { memory: { heapUsedBytes: number } };
      expect(words).toMatchObject({
        cause: 'memory',
        exitCode: 72,
        message: expect.stringMatching(/heap/),
        evidence: { cutOff: 0, heapFloorBytes: expect.any(Number) },
      });
      expect(words.memory.heapUsedBytes).toBeLessThan(200 * MEBIBYTE);
    },
    60_000,
  );

  it('is recycled before its resident set reaches the limit by far: buffers', async () => {
    app = await start({ memoryLimitBytes: 250 * MEBIBYTE });
    await get('/leak/buffers?mib=25');
    expect(await app.ended).toEqual({ exitCode: 72, signal: null });
    expect(app.lastWords()).toMatchObject({ cause: 'memory', exitCode: 72 });
  }, 60_000);

  it('finishes what is in flight, and leaves a report without the environment and a snapshot if asked for', async () => {
    app = await start({ heapSnapshots: true }, '--max-old-space-size=96');
    const slow = get('/slow?ms=60000');
    await app.said('slow has begun');
    await get('/leak/objects?mib=25');
    await app.outputContains('leaving to be replaced');
    app.tell('finish');
    expect((await slow).status).toBe(200);
    expect(await app.ended).toEqual({ exitCode: 72, signal: null });

    const reports = join(app.folder, 'reports');
    const files = readdirSync(reports);
    expect(files.filter((name) => name.endsWith('.heapsnapshot'))).toHaveLength(1);
    const report = files.find((name) => name.endsWith('.report.json')) ?? '';
    const { header, environmentVariables } = JSON.parse(readFileSync(join(reports, report), 'utf8'));
    expect(header.processId).toBe(app.process.pid);
    expect(environmentVariables).toBeUndefined();
  }, 90_000);
});
