import { GuardedApp } from '../support/guarded-app.js';
import { KeepAliveClient } from '../support/keep-alive-client.js';

let app: GuardedApp;
afterEach(() => app.dispose());

describe('an error that nobody catches', () => {
  it.each([
    ['timer', 'a timer broke', 'uncaughtException'],
    ['promise', 'a promise broke', 'unhandledRejection'],
    ['emitter', 'an emitter broke', 'uncaughtException'],
    ['string', 'only a string', 'uncaughtException'],
    ['again-and-again', 'a timer broke again', 'uncaughtException'],
    ['proxy', 'something that cannot be turned into text', 'uncaughtException'],
    ['in-the-log', 'an error that cannot be logged', 'uncaughtException'],
  ])(
    'is answered to the request that caused it, and ends the worker with 70: %s',
    async (way, message, origin) => {
      app = await GuardedApp.start();
      const [culprit, innocent] = [new KeepAliveClient(app.port), new KeepAliveClient(app.port)];
      const others = innocent.get('/slow?ms=60000');
      await app.said('slow has begun');

      const { status, headers, body } = await culprit.get(`/crash/${way}`);
      app.tell('finish');
      expect(status).toBe(500);
      expect(headers).toMatchObject({
        'content-type': expect.stringContaining('application/problem+json'),
        connection: 'close',
      });
      expect(body).not.toContain('broke');
      const { code, requestId } = JSON.parse(body);
      expect(code).toBe('INTERNAL_ERROR');
      expect((await others).status).toBe(200);
      expect(await app.ended).toEqual({ exitCode: 70, signal: null });
      expect(app.lastWords()).toMatchObject({
        cause: 'fatal-error',
        exitCode: 70,
        message,
        request: { id: requestId, method: 'GET', route: '/crash/:way' },
        evidence: { origin },
      });
      culprit.close();
      innocent.close();
    },
  );

  it('is logged once, with its cause', async () => {
    app = await GuardedApp.start();
    const client = new KeepAliveClient(app.port);
    await client.get('/crash/timer');
    client.close();
    await app.ended;
    const output = app.stdout + app.stderr;
    expect(output.match(/uncaughtException: a timer broke/g)).toHaveLength(1);
    expect(String(app.lastWords()?.['stack'])).toMatch(
      /a timer broke\n +at .*faults\.controller\.ts:.*Caused by: Error: the wheel is stuck/s,
    );
  });

  it('becomes the reason of a worker that is on its way out already', async () => {
    app = await GuardedApp.start();
    const [slow, other] = [new KeepAliveClient(app.port), new KeepAliveClient(app.port)];
    await other.get('/quick');
    const answer = slow.get('/slow?ms=60000');
    await app.said('slow has begun');
    app.kill('SIGTERM');
    expect((await other.get('/crash/promise')).status).toBe(500);
    app.tell('finish');
    expect((await answer).status).toBe(200);
    expect(await app.ended).toEqual({ exitCode: 70, signal: null });
    expect(app.lastWords()).toMatchObject({ cause: 'fatal-error', message: 'a promise broke' });
    slow.close();
    other.close();
  });

  it('has a record also if it is a call of process.exit in the middle of a request', async () => {
    app = await GuardedApp.start();
    const client = new KeepAliveClient(app.port);
    await expect(client.get('/crash/exit')).rejects.toThrow();
    expect(await app.ended).toEqual({ exitCode: 3, signal: null });
    expect(app.lastWords()).toMatchObject({
      cause: 'fatal-error',
      exitCode: 3,
      message: 'The code called process.exit(3).',
      stack: expect.stringMatching(/faults\.controller\.ts/),
      request: { method: 'GET', route: '/crash/:way' },
    });
    client.close();
  });

  it.each(['timer', 'promise'])('ends a start with 70: %s', async (way) => {
    app = await GuardedApp.start({}, { FAIL_AT_START: way });
    expect(await app.ended).toEqual({ exitCode: 70, signal: null });
    expect(app.lastWords()).toMatchObject({
      cause: 'fatal-error',
      message: `a ${way} broke during the start`,
    });
  });
});

describe('a start that fails', () => {
  it('says why on stderr, in the log and in last words, and exits with 71', async () => {
    app = await GuardedApp.start({}, { FAIL_AT_START: 'throw' });
    expect(await app.ended).toEqual({ exitCode: 71, signal: null });
    expect(app.stderr).toContain('cannot start: the resource is not there');
    expect(app.stdout + app.stderr).toContain('[ProcessGuard]');
    expect(app.lastWords()).toMatchObject({
      cause: 'start-failed',
      exitCode: 71,
      message: 'cannot start: the resource is not there',
      stack: expect.stringContaining('Caused by: Error: no route to it'),
    });
  });

  it('names the option that is wrong', async () => {
    app = await GuardedApp.start({ hangTimeoutMs: 5 });
    expect(await app.ended).toEqual({ exitCode: 71, signal: null });
    expect(app.stderr).toContain('hangTimeoutMs must be 0, or 100 to 600000 milliseconds, and is 5');
  });
});

describe('the start after an end', () => {
  it('logs one line on why the worker before it ended', async () => {
    app = await GuardedApp.start();
    const client = new KeepAliveClient(app.port);
    await client.get('/crash/timer');
    client.close();
    await app.ended;
    const { pid } = app.process;

    const next = await GuardedApp.start({}, {}, app.folder);
    expect(next.stdout).toContain(`the previous worker (pid ${pid}) ended after`);
    expect(next.stdout).toContain('fatal-error: a timer broke');
    await next.dispose();
  });

  it('says so when there were no last words', async () => {
    app = await GuardedApp.start();
    app.kill('SIGKILL');
    await app.ended;
    const next = await GuardedApp.start({}, {}, app.folder);
    expect(next.stdout).toContain(`the previous worker (pid ${app.process.pid}) left no last words`);
    next.kill('SIGTERM');
    await next.ended;
    const third = await GuardedApp.start({}, {}, app.folder);
    expect(third.stdout).toContain(`the previous worker (pid ${next.process.pid}) ended after`);
    expect(third.stdout).toContain('asked: Asked to stop by SIGTERM.');
    await third.dispose();
  });
});
