import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  createLogger,
  LOG_LEVELS,
  parseLevels,
  type LoggingOptions,
  type LogLevel,
  type NestLogger,
} from './index.js';

describe('createLogger', () => {
  let folder: string;
  let loggers: NestLogger[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'evernest-logger-'));
    loggers = [];
  });

  afterEach(async () => {
    Logger.overrideLogger(['log', 'error', 'warn', 'debug', 'verbose', 'fatal']);
    for (const logger of loggers) await logger.close();
    rmSync(folder, { recursive: true });
  });

  function jsonLogger({
    level = 'verbose',
    ...options
  }: { level?: LogLevel } & LoggingOptions = {}): NestLogger {
    const logger = createLogger({ levels: parseLevels(level), folder, ...options });
    loggers.push(logger);
    return logger;
  }

  /** What is in the file, which is empty afterwards. */
  async function written(logger: NestLogger, name = 'combined.log'): Promise<string> {
    await logger.flush();
    const file = join(folder, name);
    if (!existsSync(file)) return '';
    const text = readFileSync(file, 'utf8');
    truncateSync(file);
    return text;
  }

  async function lines(logger: NestLogger): Promise<Record<string, unknown>[]> {
    return (await written(logger))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  /** What Nest's own Logger, with the context `Books`, makes of a call. */
  async function lineOf(call: (logger: Logger) => void): Promise<Record<string, unknown> | undefined> {
    const logger = jsonLogger();
    Logger.overrideLogger(logger);
    call(new Logger('Books'));
    const [line, ...others] = await lines(logger);
    expect(others).toEqual([]);
    return line;
  }

  it('writes one JSON object per line', async () => {
    const line = await lineOf((logger) => logger.log('started'));
    expect(line).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'info',
      context: 'Books',
      message: 'started',
      pid: process.pid,
    });
    expect(Object.keys(line ?? {})).toEqual(['time', 'level', 'context', 'message', 'pid']);
  });

  it.each(LOG_LEVELS)('writes %s and what is graver, nothing else', async (level) => {
    const logger = jsonLogger({ level });
    for (const method of ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const) logger[method]('x');
    const levels = (await lines(logger)).map((line) => line['level']);
    expect(levels).toEqual(LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(level) + 1));
  });

  it('writes other levels once it is told to', async () => {
    const logger = jsonLogger({ level: 'error' });
    logger.warn('before');
    logger.levels.set({ level: 'warn' });
    logger.warn('between');
    logger.levels.set({ level: 'fatal' });
    logger.error('after');
    expect((await lines(logger)).map((line) => line['message'])).toEqual(['between']);
  });

  it('writes a context at a level of its own', async () => {
    const logger = jsonLogger({ level: 'warn' });
    Logger.overrideLogger(logger);
    logger.levels.set({ level: 'debug', context: 'Books' });
    new Logger('Books').debug('a book', { rows: 1 });
    new Logger('Authors').debug('an author');
    expect((await lines(logger)).map((line) => line['message'])).toEqual(['a book']);
  });

  it('writes errors, and what is graver, to a file of their own as well', async () => {
    const logger = jsonLogger();
    for (const method of ['fatal', 'error', 'warn'] as const) logger[method](method);
    expect((await written(logger, 'error.log')).match(/"level":"\w+"/g)).toEqual([
      '"level":"fatal"',
      '"level":"error"',
    ]);
    expect(await lines(logger)).toHaveLength(3);
  });

  it('writes the access log beside them', async () => {
    const logger = jsonLogger();
    logger.writeAccessLine('GET / 200\n');
    expect(await written(logger, 'access.log')).toBe('GET / 200\n');
    expect(await lines(logger)).toEqual([]);
  });

  it('masks what it is told to, and numbers the worker', async () => {
    const logger = jsonLogger({ redact: ['loan.borrower'], worker: 3 });
    logger.log({ message: 'lent', loan: { borrower: 'Ishmael', copy: 7 } });
    expect(await lines(logger)).toMatchObject([{ worker: 3, loan: { borrower: '[redacted]', copy: 7 } }]);
  });

  it("does not lose Nest's fatal level", async () => {
    const line = await lineOf((logger) => logger.fatal(new Error('boom')));
    expect(line).toMatchObject({
      level: 'fatal',
      context: 'Books',
      message: 'boom',
      error: { name: 'Error', message: 'boom', stack: expect.stringContaining('at '), causes: [] },
    });
  });

  it('takes error(message, stack)', async () => {
    const { stack } = new TypeError('no such book');
    expect(await lineOf((logger) => logger.error('failed', stack))).toMatchObject({
      context: 'Books',
      message: 'failed',
      error: { name: 'TypeError', message: 'no such book', stack, causes: [] },
    });
  });

  it('writes a stack once when it comes with its error', async () => {
    const error = new Error('boom');
    const line = await lineOf((logger) => logger.error(error, error.stack));
    expect(line).toMatchObject({ message: 'boom', error: { stack: error.stack } });
    expect(line).not.toHaveProperty('otherErrors');
  });

  it('takes static error(message, stack, context)', async () => {
    const line = await lineOf(() => Logger.error('failed', new Error('boom').stack, 'Loans'));
    expect(line).toMatchObject({ context: 'Loans', message: 'failed', error: { message: 'boom' } });
  });

  it('takes error(message, undefined, context)', async () => {
    const line = await lineOf(() => Logger.error('failed', undefined, 'Loans'));
    expect(line).toMatchObject({ context: 'Loans', message: 'failed' });
    expect(line).not.toHaveProperty('error');
  });

  it('takes warn(object)', async () => {
    const line = await lineOf((logger) => logger.warn({ bookId: 7, tags: ['a'] }));
    expect(line).toMatchObject({ level: 'warn', context: 'Books', message: '', bookId: 7, tags: ['a'] });
  });

  it('takes log({ message, ...fields })', async () => {
    const line = await lineOf((logger) => logger.log({ message: 'imported', rows: 7 }));
    expect(line).toMatchObject({ message: 'imported', rows: 7 });
  });

  it('keeps stack, code and causes of an error that follows a message', async () => {
    const reset = Object.assign(new Error('connection reset'), { code: 'ECONNRESET' });
    const error = new Error('query failed', { cause: reset });
    expect(await lineOf((logger) => logger.error('saving failed', error))).toMatchObject({
      message: 'saving failed',
      error: {
        message: 'query failed',
        stack: error.stack,
        causes: [{ name: 'Error', message: 'connection reset', code: 'ECONNRESET', stack: reset.stack }],
      },
    });
  });

  it('keeps every further argument: fields, errors and texts', async () => {
    const [first, second] = [new Error('one'), new Error('two')];
    expect(
      await lineOf((logger) => logger.warn('retrying', 3, { delayMs: 50 }, first, [1], second)),
    ).toMatchObject({
      message: 'retrying 3 [1]',
      delayMs: 50,
      error: { message: 'one' },
      otherErrors: [{ message: 'two' }],
      context: 'Books',
    });
  });

  it('redacts a token that comes in an argument of its own', async () => {
    const line = await lineOf((logger) => logger.log('refused Bearer', 'abc'));
    expect(line).toMatchObject({ message: 'refused Bearer [redacted]' });
  });

  it('makes a lazy message only when its level is on', async () => {
    let made = 0;
    const message = () => `made ${(made += 1)}`;
    const logger = jsonLogger({ level: 'info' });
    logger.debug(message);
    logger.log(message);
    logger.log(Logger);
    expect((await lines(logger)).map((line) => line['message'])).toEqual(['made 1', 'Logger']);
  });

  it('does not take per cent signs for placeholders', async () => {
    const line = await lineOf((logger) => logger.log('100%done %s %j', { rows: 7 }));
    expect(line).toMatchObject({ message: '100%done %s %j', rows: 7, context: 'Books' });
  });

  it('does not let a field pass for one of its own', async () => {
    const line = await lineOf((logger) =>
      logger.log({ message: 'x', level: 'fatal', pid: 1, time: 'never' }),
    );
    expect(line).toMatchObject({ level: 'info', pid: process.pid, _level: 'fatal', _pid: 1, _time: 'never' });
  });

  it('adds the context of the moment to each line, which its own fields win over', async () => {
    let requestId = 'req-1';
    const logger = jsonLogger({ context: () => ({ requestId, route: undefined, rows: 1 }) });
    logger.log('first');
    requestId = 'req-2';
    logger.log({ message: 'second', rows: 2 });
    const [first, second] = await lines(logger);
    expect(first).toMatchObject({ requestId: 'req-1', rows: 1 });
    expect(first).not.toHaveProperty('route');
    expect(second).toMatchObject({ requestId: 'req-2', rows: 2 });
  });

  it('logs without a context that throws', async () => {
    const logger = jsonLogger({
      context: () => {
        throw new Error('no context');
      },
    });
    logger.log('x');
    expect(await lines(logger)).toMatchObject([{ message: 'x' }]);
  });

  it('logs what does not tell what it is, also where paths are secret', async () => {
    const logger = jsonLogger({ redact: ['card'] });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    logger.log(proxy);
    logger.warn('with', proxy, 'Books');
    const messages = (await lines(logger)).map(({ message }) => message);
    expect(messages).toEqual(['[unreadable]', 'with [unreadable]']);
  });

  it('logs the field __proto__ of several objects, the last of which wins', async () => {
    const logger = jsonLogger();
    const body = (value: number): unknown => JSON.parse(`{"__proto__":${value}}`);
    logger.log('asked for', body(1), body(2), 'Books');
    expect(await written(logger)).toContain('"__proto__":2');
  });

  it('logs a message function that throws as the error it threw', async () => {
    const message = () => {
      throw new Error('no message');
    };
    expect(await lineOf((logger) => logger.log(message))).toMatchObject({ error: { message: 'no message' } });
  });

  it('is not ended by the signal to reopen files when it has none', () => {
    const listeners = process.listenerCount('SIGUSR2');
    loggers.push(createLogger());
    expect(process.listenerCount('SIGUSR2')).toBe(listeners + 1);
  });

  it("is Nest's logger from the first line on", async () => {
    class EmptyModule {}
    Module({})(EmptyModule);
    const logger = jsonLogger();
    const app = await NestFactory.createApplicationContext(EmptyModule, { logger });
    await app.close();
    expect(await lines(logger)).toEqual(
      expect.arrayContaining([expect.objectContaining({ context: 'NestFactory', level: 'verbose' })]),
    );
  });

  it('keeps the lines of a start about every module and route for those who ask for everything', async () => {
    @Module({})
    class EmptyModule {}
    for (const [level, contexts] of [
      ['verbose', ['NestFactory', 'InstanceLoader']],
      ['debug', []],
    ] as const) {
      const logger = jsonLogger({ level });
      const app = await NestFactory.createApplicationContext(EmptyModule, { logger });
      expect((await lines(logger)).map((line) => line['context'])).toEqual(contexts);
      await app.close();
    }
  });
});
