import { OPS_TOKEN, startOpsApi, type OpsApi } from '../../../../test/support/ops-api.js';
import { decisionOf } from '../../../../test/support/operations-in-memory.js';
import { ops, type OpsOptions } from './ops.fixture.js';

let api: OpsApi;
let port: number;
beforeEach(async () => {
  api = await startOpsApi();
  port = Number(new URL(api.url).port);
});
afterEach(() => api.stop());

const run = (args: readonly string[], options: Partial<OpsOptions> = {}) =>
  ops(args, { port, token: OPS_TOKEN, ...options });

describe("the command line and the supervisor's own API", () => {
  it('agree on the workers and their requests', async () => {
    let count = 0;
    api.metrics.fleetExposition.mockImplementation(async () => {
      count += 10;
      return `http_request_duration_seconds_count{route="/books",worker="1"} ${count}\n`;
    });
    const { exitCode, stdout } = await run(['workers']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ +1 {2}online .* [1-9]\d*\.\d +0 +1 min 30 s {2}-$/m);
    expect(stdout).toContain('\n3 of 3 workers ready, 2026-11-21 15:30:00 UTC\n');
  });

  it('agree on the decisions', async () => {
    api.operations.log.push(
      decisionOf(0),
      decisionOf(1, { action: 'kill', worker: { pmId: 2, pid: 1, bootId: null } }),
    );
    expect((await run(['decisions'])).stdout).toMatch(/ reason 1 → done\n.* reason 0 → done\n$/);
    expect((await run(['decisions', '--worker', '2', '--limit', '1'])).stdout).not.toContain('reason 0');
    expect((await run(['why', '2'])).stdout).toMatch(
      /^Worker 2 \(process 1\) ended at 2026-11-21 15:30:00 UTC, /,
    );
    expect((await run(['why', '1'])).stdout).toBe(
      'Worker 1 has not ended as far as the supervisor remembers.\n',
    );
    expect(await run(['why', '9'])).toMatchObject({ exitCode: 1, stdout: '' });
  });

  it.each([
    [['reload'], 'The roll-out'],
    [['recycle', '1'], 'The replacement of worker 1'],
  ])('agree on how %j goes on and ends', async (args, what) => {
    const { exitCode, stdout } = await run(args, {
      timing: { silenceMs: 60_000 },
      onOutput: (said) => {
        const begun = api.operations.log.at(-1)!;
        if (said.endsWith(`${what} has begun: decision ${begun.id}.\n`)) {
          api.events.publish({ type: 'progress', data: { decisionId: begun.id, message: 'half of it' } });
        } else if (said.endsWith('half of it\n')) {
          api.operations.finish();
          api.events.publish({ type: 'decision', data: api.operations.log.at(-1)! });
        }
      },
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/half of it\nDone after 1 ms: done\n$/);
  });

  it('agree on what is refused', async () => {
    api.operations.reload();
    const busy = await run(['reload']);
    expect(busy).toMatchObject({ exitCode: 1, stdout: '' });
    expect(busy.stderr).toContain('is under way');
    expect(await run(['recycle', '9'])).toMatchObject({ exitCode: 1, stdout: '' });
    expect((await run(['log-level', 'debug', '--for', '0s'])).stderr).toMatch(
      /^The supervisor refuses: .*forMs: /,
    );
    expect(await run(['workers'], { token: 'wrong' })).toMatchObject({ exitCode: 4, stdout: '' });
    expect(await run(['workers'], { token: '' })).toMatchObject({ exitCode: 4, stdout: '' });
  });

  it('agree on levels of the log', async () => {
    expect((await run(['log-level', 'debug'])).stdout).toBe('Workers 0, 1, 2 now log at level debug.\n');
    const args = ['--context', 'BooksService', '--worker', '1'];
    expect((await run(['log-level', 'warn', ...args, '--for', '5m'])).exitCode).toBe(0);
    expect((await run(['log-level'])).stdout).toMatch(/^ +1 {2}BooksService {2}warn {3}\d.* UTC$/m);
    expect((await run(['log-level', '--reset', ...args])).stdout).toBe(
      'Worker 1 logs lines of BooksService as configured again.\n',
    );
    expect((await run(['log-level'])).stdout).not.toContain('BooksService');
  });
});
