import { EnvironmentError } from '@evernest/environment';
import { parseEnvironment } from './environment.js';

describe('parseEnvironment', () => {
  it('needs nothing to be set', () => {
    expect(parseEnvironment({})).toMatchObject({
      mode: 'development',
      host: '127.0.0.1',
      port: 3000,
      log: {
        levels: { level: 'debug', contexts: new Map() },
        target: { files: true, stdout: true },
        udp: null,
        rotation: {},
      },
      accessLog: 'json',
      responseCacheBytes: 32 * 1024 * 1024,
      writeTokens: [],
      corsOrigins: [],
      serviceDoor: null,
      opsToken: null,
      drainTimeoutMs: 10_000,
    });
    expect(parseEnvironment({}).databaseUrl).toMatch(/^sqlite:.*\/var\/catalog\.db$/);
  });

  it('logs less in production', () => {
    expect(parseEnvironment({ NODE_ENV: 'production' }).log.levels.level).toBe('info');
  });

  it('puts the database into the state folder', () => {
    expect(parseEnvironment({ STATE_DIR: '/srv/state' }).databaseUrl).toBe('sqlite:/srv/state/catalog.db');
  });

  it('reads lists with spaces and empty places', () => {
    const variables = { WRITE_TOKENS: ' a, b,,', CORS_ORIGINS: 'https://a.example,http://b.example:8080' };
    expect(parseEnvironment(variables)).toMatchObject({
      writeTokens: ['a', 'b'],
      corsOrigins: ['https://a.example', 'http://b.example:8080'],
    });
  });

  it('is frozen', () => {
    expect(Object.isFrozen(parseEnvironment({}))).toBe(true);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '3e3'],
    ['PORT', '-1'],
    ['NODE_ENV', 'staging'],
    ['RESPONSE_CACHE_MB', '4097'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://root:hunter2@db/x'],
    ['CORS_ORIGINS', 'cdn.test'],
    ['CORS_ORIGINS', 'https://example.org/path'],
    ['SERVICE_DOOR', '127.0.0.1:9999'],
    ['SERVICE_DOOR', 'tcp:9999'],
    ['SERVICE_DOOR', 'tcp:::1:9999'],
    ['SERVICE_DOOR', 'tcp:[127.0.0.1]:9999'],
    ['SERVICE_DOOR', 'tcp:127.0.0.1:65536'],
    ['OPS_TOKEN', 'two words'],
    ['OPS_TOKEN', 'schlüssel'],
    ['GUARD_DRAIN_TIMOUT_MS', '1000'],
  ])('names %s when it is %s, and does not tell the value', (name, value) => {
    const parse = () => parseEnvironment({ [name]: value });
    expect(parse).toThrow(EnvironmentError);
    expect(parse).toThrow(name);
    expect(parse).not.toThrow(value);
  });

  it.each([
    ['GUARD_HANG_TIMEOUT_MS', '99', '0, which never kills, or a whole number of milliseconds, 100 to 600000'],
    ['GUARD_HANG_TIMEOUT_MS', '2s', '0, which never kills, or a whole number of milliseconds, 100 to 600000'],
    ['GUARD_DRAIN_TIMEOUT_MS', '600001', 'a whole number of milliseconds, 0 to 600000'],
    ['GUARD_MEMORY_LIMIT_MB', 'NaN', 'a whole number of megabytes, 64 to 1048576'],
    ['GUARD_MEMORY_LIMIT_MB', '63', 'a whole number of megabytes, 64 to 1048576'],
    ['GUARD_HEAP_SNAPSHOTS', 'yes', 'true or false'],
  ])('tells what %s was and what is allowed: %s', (name, value, allowed) => {
    expect(() => parseEnvironment({ [name]: value })).toThrow(
      `${name} must be ${allowed}, and is "${value}".`,
    );
  });

  it.each([
    ['tcp:127.0.0.1:9000', '127.0.0.1'],
    ['tcp:127.8.8.8:9000', '127.8.8.8'],
    ['tcp:localhost:9000', 'localhost'],
    ['tcp:[::1]:9000', '::1'],
    ['tcp:[::ffff:127.0.0.1]:9000', '::ffff:127.0.0.1'],
  ])('lets the service door be open on this machine: %s', (value, host) => {
    const { serviceDoor, opsToken } = parseEnvironment({ SERVICE_DOOR: value });
    expect({ serviceDoor, opsToken }).toEqual({ serviceDoor: { host, port: 9000 }, opsToken: null });
  });

  it.each([
    'tcp:0.0.0.0:9000',
    'tcp:[::]:9000',
    'tcp:10.0.0.1:9000',
    'tcp:[fd00::1]:9000',
    'tcp:[::ffff:10.0.0.1]:9000',
    'tcp:worker.test:9000',
  ])('asks for OPS_TOKEN where others can reach the service door: %s', (value) => {
    expect(() => parseEnvironment({ SERVICE_DOOR: value })).toThrow('OPS_TOKEN must be set');
    expect(() => parseEnvironment({ SERVICE_DOOR: value, OPS_TOKEN: ' ' })).toThrow('OPS_TOKEN must be set');
    expect(parseEnvironment({ SERVICE_DOOR: value, OPS_TOKEN: 's3cret' }).opsToken).toBe('s3cret');
  });

  it('reads the settings of the guard', () => {
    const variables = {
      GUARD_HANG_TIMEOUT_MS: '0',
      GUARD_MEMORY_LIMIT_MB: '300',
      GUARD_HEAP_SNAPSHOTS: 'true',
    };
    expect(parseEnvironment(variables)).toMatchObject({
      hangTimeoutMs: 0,
      memoryLimitBytes: 300 * 1024 * 1024,
      heapSnapshots: true,
    });
  });

  it.each([
    ['10000', '10000'],
    ['20000', '15000'],
    ['1600', undefined],
  ])(
    "does not start if pm2 would kill during the drain: drain %s, pm2's kill_timeout %s",
    (drain, killTimeout) => {
      const variables = { pm_id: '0', GUARD_DRAIN_TIMEOUT_MS: drain, kill_timeout: killTimeout };
      expect(() => parseEnvironment(variables)).toThrow(
        `GUARD_DRAIN_TIMEOUT_MS must be less than pm2's kill_timeout, ${killTimeout ?? 1600} ms, and is ${drain}`,
      );
      expect(() => parseEnvironment({ ...variables, pm_id: undefined })).not.toThrow();
    },
  );

  it('names every variable that is wrong at once', () => {
    const parse = () => parseEnvironment({ PORT: 'x', LOG_LEVEL: 'y' });
    expect(parse).toThrow(/PORT .* LOG_LEVEL/);
  });
});
