import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Decision } from '../../decisions/decision.js';
import { eventStream, FakeSupervisor, sendJson } from '../fake-supervisor.fixture.js';
import { decision, ops } from '../ops.fixture.js';

const BEGUN = decision({ id: 'd-1', action: 'reload', worker: null, outcome: null, durationMs: null });
const DONE = {
  ...BEGUN,
  outcome: { result: 'done', message: 'All 2 workers run the new code.' },
  durationMs: 4200,
};
const FAILED = {
  ...BEGUN,
  outcome: { result: 'failed', message: 'The new worker ended before it was ready.' },
  durationMs: 3100,
};

type Send = ReturnType<typeof eventStream>;

let peer: FakeSupervisor;
let port: number;
beforeEach(async () => {
  peer = new FakeSupervisor();
  port = await peer.start();
});
afterEach(() => peer.stop());

function step(send: Send, message: string, id: string, decisionId = 'd-1'): void {
  send('progress', { decisionId, message }, id);
}

/** Once it is asked for, this is told over the stream that was opened before. */
function rollsOut(tell: (send: Send, response: ServerResponse) => void): void {
  let stream: { send: Send; response: ServerResponse } | undefined;
  peer.on('GET /events', (_request, response) => {
    stream = { send: eventStream(response), response };
  });
  peer.on('POST /reload', (_request, response) => {
    sendJson(response, 202, BEGUN);
    if (stream) tell(stream.send, stream.response);
  });
}

/** What each further request for events gets. */
function thenEvents(answer: (request: IncomingMessage, response: ServerResponse) => void): void {
  peer.on('GET /events', answer);
}

describe('ops reload', () => {
  it('shows the steps as they come and ends with the outcome', async () => {
    rollsOut((send) => {
      step(send, 'worker 4 is ready', 'e-1');
      step(send, 'a step of something else', 'e-2', 'd-0');
      send('worker', { pmId: 4 }, 'e-3');
      send('alarm', { message: 'the disk is full' }, 'e-4');
      send('decision', { ...DONE, id: 'd-0' }, 'e-5');
      send('decision', BEGUN, 'e-6');
      step(send, 'worker 0 was drained', 'e-7');
      send('decision', DONE, 'e-8');
    });
    const { exitCode, stdout, stderr } = await ops(['reload'], { port });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.replaceAll(/\d+ ms:/g, 'TIME:')).toBe(`The roll-out has begun: decision d-1.
  TIME: worker 4 is ready
  TIME: Alarm: the disk is full
  TIME: worker 0 was drained
Done after 4.2 s: All 2 workers run the new code.
`);
    expect(peer.asked).toEqual(['GET /events', 'POST /reload']);
  });

  it('exits with 1 when the roll-out is aborted, the reason on stderr', async () => {
    rollsOut((send) => send('decision', FAILED, 'e-1'));
    expect(await ops(['reload'], { port })).toEqual({
      exitCode: 1,
      stdout: 'The roll-out has begun: decision d-1.\n',
      stderr: 'The roll-out failed after 3.1 s: The new worker ended before it was ready.\n',
    });
  });

  it('prints with --json only the decision on stdout, the steps on stderr', async () => {
    rollsOut((send) => {
      step(send, 'worker 4 is ready', 'e-1');
      send('decision', FAILED, 'e-2');
    });
    const { exitCode, stdout, stderr } = await ops(['reload', '--json'], { port });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toEqual(FAILED);
    expect(stderr).toContain('worker 4 is ready\nThe roll-out failed');
  });

  it('goes on after the last event that it got when the connection drops, and loses and repeats none', async () => {
    peer.gives('GET /decisions/d-1', BEGUN);
    rollsOut((send, response) => {
      step(send, 'one', 'e-1');
      response.write('id: e-2\nevent: progress\ndata: {"decisionId":"d-1","mess', () => response.destroy());
      thenEvents((_request, next) => {
        const sendMore = eventStream(next);
        step(sendMore, 'two', 'e-2');
        sendMore('decision', DONE, 'e-3');
      });
    });
    const { exitCode, stdout } = await ops(['reload'], { port });
    expect(exitCode).toBe(0);
    expect(stdout.match(/: (one|two)$/gm)).toEqual([': one', ': two']);
    expect(peer.headers.map((headers) => headers['last-event-id']).filter(Boolean)).toEqual(['e-1']);
  });

  it('asks for the decision when the end came while the connection was down', async () => {
    peer.gives('GET /decisions/d-1', DONE);
    rollsOut((_send, response) => response.destroy());
    const { exitCode, stdout } = await ops(['reload'], { port });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Done after 4.2 s');
    expect(peer.asked).toEqual(['GET /events', 'POST /reload', 'GET /decisions/d-1']);
  });

  it('asks for the decision when the supervisor cannot tell what was missed', async () => {
    peer.gives('GET /decisions/d-1', DONE);
    rollsOut((send) => send('reset', { message: 'Read the state anew.' }, 'f-0'));
    expect(await ops(['reload'], { port, timing: { silenceMs: 60_000 } })).toMatchObject({ exitCode: 0 });
  });

  it('asks again and again where there are no events', async () => {
    const answers: Decision[] = [BEGUN, BEGUN, DONE as Decision];
    peer.gives('POST /reload', BEGUN, 202);
    peer.on('GET /decisions/d-1', (_request, response) => sendJson(response, 200, answers.shift()));
    expect(await ops(['reload'], { port })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(answers).toEqual([]);
  });

  it('takes a stream that falls silent for one that has dropped', async () => {
    peer.gives('GET /decisions/d-1', DONE);
    rollsOut(() => undefined);
    expect(await ops(['reload'], { port, timing: { silenceMs: 30 } })).toMatchObject({ exitCode: 0 });
  });

  it('waits for a supervisor that is being restarted', async () => {
    let lookedUp = 0;
    rollsOut((_send, response) => response.destroy());
    peer.on('GET /decisions/d-1', (_request, response) => {
      lookedUp += 1;
      if (lookedUp < 3) response.destroy();
      else sendJson(response, 200, DONE);
      thenEvents((_again, next) => next.destroy());
    });
    expect(await ops(['reload'], { port })).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('exits with 3 when the supervisor stays away', async () => {
    rollsOut((_send, response) => {
      response.destroy();
      thenEvents((_request, next) => next.destroy());
    });
    peer.on('GET /decisions/d-1', (_request, response) => response.destroy());
    const { exitCode, stderr } = await ops(['reload'], { port, timing: { patienceMs: 40 } });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('does not answer');
  });

  it('exits with 1 when something else is under way', async () => {
    rollsOut(() => undefined);
    peer.refuses('POST /reload', 409, { code: 'ACTION_UNDER_WAY', detail: 'Decision d-0 is under way.' });
    expect(await ops(['reload'], { port })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'The supervisor refuses: Decision d-0 is under way.\n',
    });
  });

  it('stops waiting with Ctrl-C, and says that the roll-out goes on', async () => {
    const interruption = new AbortController();
    rollsOut((send) => step(send, 'worker 4 is ready', 'e-1'));
    const { exitCode, stderr } = await ops(['reload'], {
      port,
      signal: interruption.signal,
      onOutput: (stdout) => stdout.includes('ready') && interruption.abort(),
    });
    expect(exitCode).toBe(130);
    expect(stderr).toBe(
      'Stopped waiting. Decision d-1 goes on; `npm run ops -- decisions` shows how it ends.\n',
    );
  });
});

describe('ops recycle', () => {
  it('waits until the worker has been replaced, and shows how', async () => {
    peer.on('GET /events', (_request, response) => {
      const send = eventStream(response);
      peer.on('POST /workers/3/recycle', (_asked, answer) => {
        sendJson(answer, 202, BEGUN);
        step(send, 'worker 4 is ready', 'e-1');
        send('decision', DONE, 'e-2');
      });
    });
    const { exitCode, stdout } = await ops(['recycle', '3'], { port });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^The replacement of worker 3 has begun: decision d-1\.\n {2}\d+ ms: worker 4 is ready\nDone /,
    );
  });

  it('exits with 1 when it was interrupted', async () => {
    const interrupted = {
      ...BEGUN,
      outcome: { result: 'interrupted', message: 'Nobody knows.' },
      durationMs: null,
    };
    peer.gives('POST /workers/3/recycle', interrupted, 202);
    const { exitCode, stderr } = await ops(['recycle', '3'], { port });
    expect(exitCode).toBe(1);
    expect(stderr).toBe('The replacement of worker 3 was interrupted: Nobody knows.\n');
  });

  it('exits with 1 when there is no such worker', async () => {
    peer.refuses('POST /workers/9/recycle', 404, { code: 'WORKER_UNKNOWN', detail: 'There is no worker 9.' });
    expect(await ops(['recycle', '9'], { port })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'The supervisor refuses: There is no worker 9.\n',
    });
  });
});
