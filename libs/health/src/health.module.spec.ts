import { jest } from '@jest/globals';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { HealthModuleOptions } from './health-options.js';
import { HealthModule } from './health.module.js';
import { ProbeFailure, type HealthProbe } from './probe.js';

class LogBook implements LoggerService {
  readonly lines: [string, Record<string, unknown>][] = [];
  log = (entry: Record<string, unknown>, context: string) =>
    void (context === 'Health' && this.lines.push(['log', entry]));
  warn = (entry: Record<string, unknown>) => void this.lines.push(['warn', entry]);
  error = (entry: Record<string, unknown>) => void this.lines.push(['error', entry]);
}

let app: NestFastifyApplication;
let logBook: LogBook;

async function start(options: Partial<HealthModuleOptions>) {
  logBook = new LogBook();
  const complete = { live: [], ready: [], startup: [], ...options };
  const module = HealthModule.forRootAsync({ useFactory: () => complete });
  app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    logger: logBook,
    abortOnError: false,
  });
  await app.init();
}
afterEach(() => app.close());

const up = (name: string, details = {}): HealthProbe => ({ name, check: () => details });
const down = (name: string, error: unknown): HealthProbe => ({
  name,
  check: () => Promise.reject(error),
});

describe('the health endpoints', () => {
  it('ask the probes of their own list, and /health every probe once', async () => {
    const both = { name: 'both', check: jest.fn(() => ({ rows: 3 })) };
    await start({ live: [up('loop')], ready: [both], startup: [both, up('migrations')] });
    const detailsOf = async (url: string) => Object.keys((await app.inject(url)).json().details);
    expect(await detailsOf('/health/live')).toEqual(['loop']);
    expect(await detailsOf('/health/ready')).toEqual(['both']);
    expect(await detailsOf('/health/startup')).toEqual(['both', 'migrations']);
    expect(await detailsOf('/health')).toEqual(['loop', 'both', 'migrations']);
    expect(both.check).toHaveBeenCalledTimes(1);
  });

  it("answer 200 in Terminus' words, not to be stored", async () => {
    await start({ ready: [up('database', { dialect: 'sqlite' })] });
    const response = await app.inject('/health/ready');
    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    const details = { database: { dialect: 'sqlite', status: 'up' } };
    expect(response.json()).toEqual({ status: 'ok', info: details, error: {}, details });
  });

  it.each([
    ['an error', new Error('postgres://admin:hunter2@db'), 'The check failed: Error.'],
    ['null', null, 'The check failed.'],
    ['a ProbeFailure', new ProbeFailure('two migrations to go'), 'two migrations to go'],
  ])('answer 503 when a probe throws %s', async (_name, thrown, message) => {
    await start({ ready: [up('cache'), down('database', thrown)] });
    const response = await app.inject('/health/ready');
    expect(response.statusCode).toBe(503);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({
      status: 'error',
      info: { cache: { status: 'up' } },
      error: { database: { message, status: 'down' } },
      details: { cache: { status: 'up' }, database: { message, status: 'down' } },
    });
  });

  it.each(['/health', '/health/live', '/health/ready', '/health/startup'])(
    'answer 200 when nothing is to be checked: %s',
    async (url) => {
      await start({});
      const response = await app.inject(url);
      expect(response.statusCode).toBe(200);
      expect(response.json()).toEqual({ status: 'ok', info: {}, error: {}, details: {} });
    },
  );

  it('answer 503 after the timeout when a probe hangs, and start it once for a thousand requests', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    try {
      const hung = {
        name: 'database',
        timeoutMs: 300,
        check: jest.fn(() => new Promise<void>(() => undefined)),
      };
      await start({ ready: [hung] });
      const atOnce = Array.from({ length: 500 }, () => app.inject('/health/ready'));
      while (hung.check.mock.calls.length === 0) await new Promise(setImmediate);
      jest.advanceTimersByTime(300);
      const statuses = (await Promise.all(atOnce)).map(({ statusCode }) => statusCode);
      for (let later = 0; later < 500; later += 1) {
        jest.advanceTimersByTime(1000);
        statuses.push((await app.inject('/health/ready')).statusCode);
      }
      expect(new Set(statuses)).toEqual(new Set([503]));
      expect(hung.check).toHaveBeenCalledTimes(1);
    } finally {
      jest.useRealTimers();
    }
  });

  it('ask a probe anew each time if it says that its answer must not be kept', async () => {
    const fresh = { name: 'drain', cacheMs: 0, check: jest.fn(() => undefined) };
    await start({ ready: [fresh] });
    await app.inject('/health/ready');
    await app.inject('/health/ready');
    expect(fresh.check).toHaveBeenCalledTimes(2);
  });

  it('log one line when a probe goes down and one when it is up again', async () => {
    const error = new Error('postgres://admin:hunter2@db');
    let failing = false;
    const database: HealthProbe = {
      name: 'database',
      check: () => {
        if (failing) throw error;
      },
    };
    await start({ ready: [database], cacheMs: 0 });
    for (const fails of [false, true, true, true, false, false]) {
      failing = fails;
      await app.inject('/health/ready');
    }
    expect(logBook.lines).toEqual([
      ['warn', { message: 'database is down: The check failed: Error.', probe: 'database', error }],
      ['log', { message: 'database is up again', probe: 'database' }],
    ]);
  });

  it('are described in OpenAPI', async () => {
    await start({});
    const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    expect(Object.keys(paths)).toEqual(['/health', '/health/live', '/health/ready', '/health/startup']);
    expect(paths['/health/ready']?.get).toMatchObject({
      tags: ['health'],
      responses: { '200': { description: /./ }, '503': { description: /./ } },
    });
  });
});

describe('the options', () => {
  it.each([
    [{ ready: [up('database')], live: [up('database')] }, 'two health probes are called database'],
    [{ timeoutMs: 0 }, 'timeoutMs must be between 1 and'],
    [{ cacheMs: -1 }, 'cacheMs must be between 0 and'],
    [{ ready: [{ ...up('database'), timeoutMs: Number.NaN }] }, 'timeoutMs of the probe database must be'],
    [{ timeout: 5 }, 'the health module has no option timeout'],
  ])('stop the start when they cannot be: %p', async (options, message) => {
    await expect(start(options as Partial<HealthModuleOptions>)).rejects.toThrow(message);
  });
});
