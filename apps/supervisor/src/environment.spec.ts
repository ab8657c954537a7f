import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { EnvironmentError } from '@evernest/environment';
import { parseEnvironment, type Environment } from './environment.js';

function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    parseEnvironment(variables);
    return [];
  } catch (error) {
    return (error as EnvironmentError<Environment>).problems;
  }
}

describe("the supervisor's environment", () => {
  it('has a default for everything', () => {
    expect(parseEnvironment({})).toEqual({
      mode: 'development',
      stateDir: resolve('var'),
      host: '127.0.0.1',
      port: 9615,
      opsToken: null,
      log: {
        levels: { level: 'debug', contexts: new Map() },
        target: { files: true, stdout: true },
        udp: null,
        rotation: {},
      },
      logCollector: null,
      workers: 2,
      pm2Socket: join(homedir(), '.pm2/rpc.sock'),
      pmId: null,
      alertWebhookUrl: null,
    });
  });

  it('takes what it is told', () => {
    const told = {
      NODE_ENV: 'production',
      STATE_DIR: '/srv/state',
      OPS_HOST: '0.0.0.0',
      OPS_PORT: '9000',
      OPS_TOKEN: 'secret',
      WEB_CONCURRENCY: '4',
      PM2_HOME: '/srv/pm2',
      pm_id: '3',
      ALERT_WEBHOOK_URL: 'https://example.org/hook',
    };
    expect(parseEnvironment(told)).toMatchObject({
      mode: 'production',
      stateDir: '/srv/state',
      host: '0.0.0.0',
      port: 9000,
      opsToken: 'secret',
      log: { levels: { level: 'info' }, target: { stdout: false } },
      workers: 4,
      pm2Socket: '/srv/pm2/rpc.sock',
      pmId: 3,
      alertWebhookUrl: 'https://example.org/hook',
    });
  });

  it.each([
    [{ OPS_PORT: '70000' }, 'OPS_PORT must be a port number, 0 to 65535.'],
    [{ WEB_CONCURRENCY: '0' }, 'WEB_CONCURRENCY must be a whole number, 1 to 512.'],
    [{ OPS_TOKEN: 'with space' }, 'OPS_TOKEN must be printable ASCII characters without spaces.'],
    [
      { ALERT_WEBHOOK_URL: 'ftp://x' },
      'ALERT_WEBHOOK_URL must be a URL that begins with https:// or http://.',
    ],
    [{ OPS_HOST: '0.0.0.0' }, 'OPS_HOST is reachable from other machines, so OPS_TOKEN must be set.'],
    [{ OPS_HOST: '::' }, 'OPS_HOST is reachable from other machines, so OPS_TOKEN must be set.'],
    [
      { SERVICE_DOOR: 'tcp:127.0.0.1:9000' },
      'SERVICE_DOOR must not be set: the supervisor asks each worker through its Unix socket.',
    ],
  ])('refuses %j and says what is allowed', (variables, problem) => {
    expect(problemsOf(variables)).toEqual([problem]);
  });

  it.each(['127.0.0.1', '127.8.8.8', '::1', 'localhost'])('needs no token on %s', (host) => {
    expect(problemsOf({ OPS_HOST: host })).toEqual([]);
  });

  it('never tells a secret', () => {
    expect(problemsOf({ OPS_TOKEN: 'hidden secret', ALERT_WEBHOOK_URL: 'hidden' }).join()).not.toContain(
      'hidden',
    );
  });
});
