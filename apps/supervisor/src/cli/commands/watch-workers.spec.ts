import { FakeSupervisor, sendJson } from '../fake-supervisor.fixture.js';
import { fleet, ops, worker } from '../ops.fixture.js';

let peer: FakeSupervisor;
let port: number;
let interruption: AbortController;
beforeEach(async () => {
  interruption = new AbortController();
  peer = new FakeSupervisor();
  port = await peer.start();
  peer.on('GET /metrics', (_request, response) => response.end(''));
});
afterEach(() => peer.stop());

/** Watches until the pattern has been shown, then presses Ctrl-C. */
function watchUntil(pattern: RegExp, columns?: number) {
  return ops(['workers', '--watch'], {
    port,
    signal: interruption.signal,
    ...(columns !== undefined && { columns }),
    onOutput: (stdout) => {
      if (pattern.test(stdout)) interruption.abort();
    },
  });
}

describe('ops workers --watch', () => {
  it('shows what changes until Ctrl-C, which is no failure', async () => {
    let restarts = 0;
    peer.on('GET /workers', (_request, response) =>
      sendJson(response, 200, fleet(worker({ restarts: restarts++ }))),
    );
    const { exitCode, stdout, stderr } = await watchUntil(/ 3 {2}3 min/);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.match(/ \d {2}3 min/g)?.slice(0, 4)).toEqual([
      ' 0  3 min',
      ' 1  3 min',
      ' 2  3 min',
      ' 3  3 min',
    ]);
    expect(stdout).not.toContain('\u001b');
  });

  it('draws on a screen of its own, and leaves the terminal as it was with the last picture', async () => {
    peer.gives('GET /workers', fleet(worker()));
    const { stdout } = await watchUntil(/ready[^]*ready/, 200);
    expect(stdout.startsWith('\u001b[?1049h\u001b[?25l\u001b[H')).toBe(true);
    const [, after] = stdout.split('\u001b[?25h\u001b[?1049l');
    expect(after).toMatch(/^WORKER\P{Cc}*\n.*\n\n1 of 2 workers ready\P{Cc}*\n$/u);
  });

  it('waits for a supervisor that goes away, and goes on when it is back', async () => {
    let asked = 0;
    peer.on('GET /workers', (_request, response) => {
      asked += 1;
      if (asked === 2) response.destroy();
      else sendJson(response, 200, fleet(worker()));
    });
    const { exitCode, stdout } = await watchUntil(/ready[^]*does not answer[^]*ready/);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`The supervisor does not answer at http://127.0.0.1:${port}`);
  });

  it('ends when it is not allowed any more, with the terminal as it was', async () => {
    let asked = 0;
    peer.on('GET /workers', (_request, response) => {
      asked += 1;
      sendJson(response, asked === 1 ? 200 : 401, fleet(worker()));
    });
    const { exitCode, stdout } = await watchUntil(/never/, 200);
    expect(exitCode).toBe(4);
    expect(stdout).toContain('\u001b[?25h\u001b[?1049l');
  });
});
