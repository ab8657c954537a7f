import { EnvironmentError, parseEnvironment } from './environment.js';

describe('parseEnvironment', () => {
  it('needs nothing to be set', () => {
    expect(parseEnvironment({})).toMatchObject({
      mode: 'development',
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'debug',
      writeTokens: [],
      corsOrigins: [],
      drainTimeoutMs: 10_000,
    });
    expect(parseEnvironment({}).databaseUrl).toMatch(/^sqlite:.*\/var\/catalog\.db$/);
  });

  it('logs less in production', () => {
    expect(parseEnvironment({ NODE_ENV: 'production' }).logLevel).toBe('info');
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
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://root:hunter2@db/x'],
    ['CORS_ORIGINS', 'cdn.test'],
    ['CORS_ORIGINS', 'https://example.org/path'],
    ['GUARD_DRAIN_TIMEOUT_MS', '10s'],
    ['GUARD_DRAIN_TIMEOUT_MS', '1.5'],
    ['GUARD_DRAIN_TIMOUT_MS', '1000'],
  ])('names %s when it is %s, and does not tell the value', (name, value) => {
    const parse = () => parseEnvironment({ [name]: value });
    expect(parse).toThrow(EnvironmentError);
    expect(parse).toThrow(name);
    expect(parse).not.toThrow(value);
  });

  it('names every variable that is wrong at once', () => {
    const parse = () => parseEnvironment({ PORT: 'x', LOG_LEVEL: 'y' });
    expect(parse).toThrow(/PORT .* LOG_LEVEL/);
  });
});
