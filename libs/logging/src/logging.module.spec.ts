import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Logger, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, LoggingModule, NestLogger, type LoggingModuleOptions } from './index.js';

@Controller()
class BooksController {
  private readonly logger = new Logger('Books');

  @Get('books')
  list(): string[] {
    this.logger.log({ message: 'listing', password: 'hunter2' });
    return [];
  }
}

describe('a minimal application with the logging module alone', () => {
  let folder: string;
  let logger: NestLogger;
  let app: NestFastifyApplication | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'evernest-logging-'));
    logger = createLogger({ folder });
  });

  afterEach(async () => {
    await app?.close();
    await logger.close();
    Logger.overrideLogger(['log', 'error', 'warn', 'debug', 'verbose', 'fatal']);
    rmSync(folder, { recursive: true });
  });

  async function start(options: Omit<LoggingModuleOptions, 'logger'> = {}): Promise<NestFastifyApplication> {
    app = await NestFactory.create<NestFastifyApplication>(minimalModule(options), new FastifyAdapter(), {
      logger,
    });
    await app.listen(0, '127.0.0.1');
    return app;
  }

  function minimalModule(options: Omit<LoggingModuleOptions, 'logger'>): Type {
    @Module({ imports: [LoggingModule.forRoot({ logger, ...options })], controllers: [BooksController] })
    class MinimalModule {}
    return MinimalModule;
  }

  function lines(name: string): Record<string, unknown>[] {
    return readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  it("writes Nest's lines and a line for each request, and has written them once it is closed", async () => {
    const url = await (await start({ accessLog: { format: 'json' } })).getUrl();
    await (await fetch(`${url}/books?token=abc`)).text();
    await app?.close();
    expect(lines('combined.log')).toContainEqual(
      expect.objectContaining({ context: 'Books', message: 'listing', password: '[redacted]' }),
    );
    expect(lines('access.log')).toMatchObject([
      { route: '/books', status: 200, url: '/books?token=[redacted]' },
    ]);
  });

  it('writes no access log unless it is asked for', async () => {
    const url = await (await start()).getUrl();
    await (await fetch(`${url}/books`)).text();
    await app?.close();
    expect(readdirSync(folder)).not.toContain('access.log');
  });

  it('has its logger for whoever wants it injected', async () => {
    expect((await start()).get(NestLogger)).toBe(logger);
  });

  it('rotates the files of its folder', async () => {
    const file = join(folder, 'access.log');
    writeFileSync(file, 'more than one byte\n');
    const changes = watch(folder)[Symbol.asyncIterator]();
    await start({ rotation: { maxBytes: 1 } });
    const isRotated = () => readdirSync(folder).some((name) => name.startsWith('access-'));
    while (!isRotated()) await changes.next();
    await changes.return?.();
  });

  it('refuses a format that is none, at its start', async () => {
    await expect(
      NestFactory.create(minimalModule({ accessLog: { format: ':nothing' } }), new FastifyAdapter(), {
        logger,
        abortOnError: false,
      }),
    ).rejects.toThrow(':nothing');
  });
});
