import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Module, Post, Put, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { sendRaw, type RawAnswer } from './door-client.fixture.js';
import {
  ServiceDoor,
  ServiceDoorModule,
  ServiceDoorOnly,
  socketPath,
  type ServiceDoorOptions,
} from './index.js';

@Controller('books')
class BooksController {
  @Get()
  all() {
    return ['Emma'];
  }

  @ServiceDoorOnly()
  @Get('secrets')
  secrets() {
    return ['of Emma'];
  }

  @Get(':id')
  one() {
    return { title: 'Emma' };
  }
}

@ServiceDoorOnly()
@Controller()
class OpsController {
  @Get('metrics')
  metrics() {
    return 'up 1';
  }

  @Post('recycle')
  recycle() {
    return {};
  }

  @Put('log-level')
  logLevel() {
    return { level: 'info' };
  }
}

/** A request that nobody answers. */
@Controller('endless')
class EndlessController {
  static begun = Promise.resolve();
  private static begin: () => void;

  static expectOne(): void {
    this.begun = new Promise((resolve) => (this.begin = resolve));
  }

  @Get()
  endless() {
    EndlessController.begin();
    return new Promise(() => undefined);
  }
}

@Controller('health')
class HealthController {
  @Get('live')
  live() {
    return { status: 'ok' };
  }
}

@Module({})
class ShopModule {
  static at(door: ServiceDoorOptions): DynamicModule {
    return {
      module: ShopModule,
      imports: [ServiceDoorModule.forRoot(door)],
      controllers: [BooksController, OpsController, HealthController, EndlessController],
    };
  }
}

let folder: string;
let app: NestFastifyApplication;
let address: string;

async function start(door: ServiceDoorOptions, onClose = () => Promise.resolve()): Promise<void> {
  const adapter = new FastifyAdapter({
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, caseSensitive: false },
  });
  adapter.getInstance().addHook('onClose', onClose);
  const options = { logger: false, abortOnError: false } as const;
  app = await NestFactory.create<NestFastifyApplication>(ShopModule.at(door), adapter, options);
  app.enableCors();
  await app.listen(0, '127.0.0.1');
  address = await app.get(ServiceDoor).opened;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evernest-door-'));
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

function atFront(requestLine: string, headers?: string[], body?: string): Promise<RawAnswer> {
  return sendRaw(
    app.getHttpServer().address() as { host: string; port: number } & AddressInfo,
    requestLine,
    headers,
    body,
  );
}

function atDoor(requestLine: string, headers?: string[], body?: string): Promise<RawAnswer> {
  return sendRaw({ path: address }, requestLine, headers, body);
}

describe('the service door on a Unix socket', () => {
  beforeEach(() => start({ path: socketPath(join(folder, 'run'), 'shop', 3) }));

  it('answers what the front door answers', async () => {
    for (const path of ['/books', '/books/7', '/nowhere', '/health/live']) {
      expect((await atDoor(`GET ${path}`)).body).toBe((await atFront(`GET ${path}`)).body);
    }
  });

  it.each(['GET /metrics', 'HEAD /metrics', 'POST /recycle', 'PUT /log-level', 'GET /books/secrets'])(
    'answers %s',
    async (request) => {
      expect(Math.trunc((await atDoor(request)).status / 100)).toBe(2);
    },
  );

  it('has a name that tells whose it is, and lets nobody else in', async () => {
    expect(address).toBe(join(folder, 'run', `shop-3.${process.pid}.sock`));
    expect((await stat(address)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'run'))).mode & 0o777).toBe(0o700);
  });

  it('leaves nothing behind', async () => {
    const exits = process.listenerCount('exit');
    await app.close();
    expect(await readdir(join(folder, 'run'))).toEqual([]);
    expect(process.listenerCount('exit')).toBe(exits - 1);
  });
});

describe('a service door that closes', () => {
  it('answers until after the front door has closed', async () => {
    let late: RawAnswer | undefined;
    await start({ path: socketPath(folder, 'shop', null) }, async () => {
      late = await atDoor('GET /metrics');
    });
    await app.close();
    expect(late).toMatchObject({ status: 200 });
  });

  it('does not wait for a request that has no end', async () => {
    await start({ path: socketPath(folder, 'shop', null) });
    EndlessController.expectOne();
    const answer = atDoor('GET /endless');
    await EndlessController.begun;
    await app.close();
    expect(await answer).toMatchObject({ body: '' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('closes while it is still opening', async () => {
    await start({ path: socketPath(folder, 'shop', null) });
    await app.close();
    app = await NestFactory.create<NestFastifyApplication>(
      ShopModule.at({ path: socketPath(folder, 'shop', null) }),
      new FastifyAdapter(),
      { logger: false },
    );
    await app.listen(0, '127.0.0.1');
    await app.close();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a service door that cannot be opened', () => {
  it('tells the place and the reason', async () => {
    await start({ tcp: { host: '127.0.0.1', port: 0, token: null } });
    const port = Number(address.split(':').at(-1));
    const second = await NestFactory.create<NestFastifyApplication>(
      ShopModule.at({ tcp: { host: '127.0.0.1', port, token: null } }),
      new FastifyAdapter(),
      { logger: false },
    );
    const opened = second.get(ServiceDoor).opened;
    const refusal = expect(opened).rejects.toMatchObject({
      name: 'ServiceDoorError',
      message: `The service door cannot be opened at tcp:127.0.0.1:${port}: listen EADDRINUSE: address already in use 127.0.0.1:${port}.`,
    });
    await second.listen(0, '127.0.0.1');
    await refusal;
    await second.close();
  });

  it('leaves a socket alone at which another application answers', async () => {
    const path = socketPath(folder, 'shop', null);
    await start({ path });
    const second = await NestFactory.create<NestFastifyApplication>(
      ShopModule.at({ path }),
      new FastifyAdapter(),
      {
        logger: false,
      },
    );
    const refusal = expect(second.get(ServiceDoor).opened).rejects.toThrow(
      `cannot be opened at ${path}: listen EADDRINUSE`,
    );
    await second.listen(0, '127.0.0.1');
    await refusal;
    await second.close();
    expect(await atDoor('GET /metrics')).toMatchObject({ status: 200 });
  });
});

describe('a route of the service door, asked for at the front door', () => {
  beforeEach(() => start({ path: socketPath(folder, 'shop', null) }));

  const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'TRACE', 'SEARCH'];
  const DISGUISES = [
    (path: string) => `/${path}`,
    (path: string) => `//${path}`,
    (path: string) => `/${path}/`,
    (path: string) => `/${path.toUpperCase()}`,
    (path: string) => `/%${path.charCodeAt(0).toString(16)}${path.slice(1)}`,
    (path: string) => `/${path}?full=1`,
    (path: string) => `/${path}#top`,
    (path: string) => `/./${path}`,
    (path: string) => `http://localhost/${path}`,
    (path: string) => `http://service-door/${path}`,
  ];
  const HEADERS = [
    [],
    [
      'X-Forwarded-Host: localhost',
      'X-Forwarded-For: 127.0.0.1',
      'Forwarded: host=unix',
      'X-Original-URL: /metrics',
      'serviceDoor: true',
      'Accept-Version: 1',
    ],
  ];

  it.each(METHODS)('gets the answer of an unknown route: %s', async (method) => {
    for (const headers of HEADERS) {
      for (const disguise of DISGUISES) {
        for (const path of ['metrics', 'recycle', 'log-level']) {
          const asked = await atFront(`${method} ${disguise(path)}`, headers);
          const unknown = path.replace(/./g, 'x').replace(/^x/, 'm');
          const expected = await atFront(`${method} ${disguise(unknown)}`, headers);
          expect([disguise(path), ...comparable(asked)]).toEqual([disguise(path), ...comparable(expected)]);
          if (method !== 'OPTIONS') expect(asked.status).toBeGreaterThanOrEqual(400);
        }
      }
    }
  });

  it('falls to the next route that matches', async () => {
    expect((await atFront('GET /books/secrets')).body).toBe('{"title":"Emma"}');
  });
});

/** Without what differs between any two answers: the path in the text and its length, the time. */
function comparable({ status, headers, body }: RawAnswer) {
  return [
    status,
    headers.filter((line) => !/^(date|content-length):/i.test(line)),
    body.replace(/(Cannot \w+ )[^"]*/, '$1'),
  ];
}

describe('the service door on TCP', () => {
  const tcp = () => ({ host: '127.0.0.1', port: Number(address.split(':').at(-1)) });

  it('asks for the token on everything but health', async () => {
    await start({ tcp: { host: '127.0.0.1', port: 0, token: 's3cret' } });
    const ask = (request: string, ...headers: string[]) => sendRaw(tcp(), request, headers);

    for (const request of ['GET /metrics', 'POST /recycle', 'GET /books', 'GET /nowhere', 'GET /healthy']) {
      expect(await ask(request)).toMatchObject({ status: 401 });
      expect(await ask(request, 'Authorization: Bearer s3cre')).toMatchObject({ status: 401 });
      expect(await ask(request, 'Authorization: Basic s3cret')).toMatchObject({ status: 401 });
      expect((await ask(request, 'Authorization: Bearer s3cret')).status).not.toBe(401);
    }
    expect(await ask('GET /metrics', 'Authorization: bearer s3cret')).toMatchObject({
      status: 200,
      body: 'up 1',
    });
    expect(await ask('GET /health/live')).toMatchObject({ status: 200 });
    const { headers, body } = await ask('GET /metrics?token=x');
    expect(headers).toContain('www-authenticate: Bearer realm="service door"');
    expect(headers).toContain('content-type: application/problem+json; charset=utf-8');
    expect(JSON.parse(body)).toMatchObject({ code: 'TOKEN_REQUIRED', status: 401, instance: '/metrics' });
    expect(body).not.toContain('s3cret');
  });

  it('needs no token on the loopback', async () => {
    await start({ tcp: { host: '127.0.0.1', port: 0, token: null } });
    expect(await sendRaw(tcp(), 'GET /metrics')).toMatchObject({ status: 200 });
  });
});
