import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sendRaw, type RawAnswer } from '../../libs/service-door/src/door-client.fixture.js';
import { startService, WRITE_TOKEN, type Service } from '../support/service.js';

const OPS_TOKEN = 'an-ops-token-for-tests-only';
const JSON_BODY = 'Content-Type: application/json';

let stateDir: string;
let run: string;
let services: Service[];

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'evernest-door-'));
  run = join(stateDir, 'run');
  services = [];
});
afterEach(async () => {
  for (const service of services) await service.stop('SIGKILL');
  await rm(stateDir, { recursive: true, force: true });
});

async function start(variables: Record<string, string> = {}): Promise<Service> {
  const service = await startService({ STATE_DIR: stateDir, ...variables });
  services.push(service);
  return service;
}

function socketOf(service: Service): string {
  return join(run, `catalog-0.${service.process.pid}.sock`);
}

function atDoor(service: Service, request: string, headers?: string[], body?: string): Promise<RawAnswer> {
  return sendRaw({ path: socketOf(service) }, request, headers, body);
}

function front({ url }: Service) {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

function atFront(service: Service, request: string, headers?: string[], body?: string): Promise<RawAnswer> {
  return sendRaw(front(service), request, headers, body);
}

function withLength(body: string): [string[], string] {
  return [[JSON_BODY, `Content-Length: ${body.length}`], body];
}

describe('the service door of a worker', () => {
  it('is a socket that nobody else can reach, in a folder that is closed to others', async () => {
    await mkdir(run);
    await chmod(run, 0o755);
    const service = await start();
    expect((await stat(run)).mode & 0o777).toBe(0o700);
    expect((await stat(socketOf(service))).mode & 0o777).toBe(0o600);
  });

  it('answers what the front door answers, and tells which worker it is', async () => {
    const service = await start();
    const { body } = await atDoor(service, 'GET /health/live');
    expect(JSON.parse(body)).toMatchObject({
      status: 'ok',
      details: { guard: { pid: service.process.pid, bootId: expect.any(String), verdict: 'healthy' } },
    });
    expect(JSON.parse((await atDoor(service, 'GET /books?limit=1')).body)).toEqual({
      items: [],
      nextCursor: null,
    });
    expect(await atDoor(service, 'POST /books', ...withLength('{"title":"Emma"}'))).toMatchObject({
      status: 401,
    });
  });

  it('is open before the worker says that it is ready', async () => {
    const service = await start();
    // startService waits for that word and for nothing else.
    expect(service.output().indexOf('the service door is open at')).toBeGreaterThan(-1);
    expect(await atDoor(service, 'GET /health/ready')).toMatchObject({ status: 200 });
  });

  it('loses what a killed worker left, and touches nothing of the living', async () => {
    const killed = await start();
    await killed.stop('SIGKILL');
    const left = `catalog-0.${killed.process.pid}.sock`;
    expect(await readdir(run)).toEqual([left]);
    const others = [`catalog-7.${process.pid}.sock`, 'supervisor-0.999999999.sock'];
    for (const name of others) await writeFile(join(run, name), '');

    const living = await start({ pm_id: '4', GUARD_DRAIN_TIMEOUT_MS: '1000' });
    const second = await start();
    expect((await readdir(run)).toSorted()).toEqual(
      [...others, `catalog-4.${living.process.pid}.sock`, `catalog-0.${second.process.pid}.sock`].toSorted(),
    );
    expect(second.output()).not.toContain('removed');
    expect(living.output()).toContain(left);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('is gone when the worker is: %s', async (signal) => {
    const service = await start();
    expect(await service.stop(signal)).toBe(0);
    expect(await readdir(run)).toEqual([]);
  });

  it('answers while the worker drains, and says so', async () => {
    const service = await start();
    const body = '{"title":"Emma"}';
    const slow = connect(front(service));
    await once(slow, 'connect');
    const [headers] = withLength(body);
    slow.write(
      [
        'POST /books HTTP/1.1',
        'Host: localhost',
        `Authorization: Bearer ${WRITE_TOKEN}`,
        ...headers,
        '',
        '',
      ].join('\r\n'),
    );
    slow.write(body.slice(0, 5));
    await untilInFlight(service, 2);
    const exited = once(service.process, 'exit');
    service.process.kill('SIGTERM');
    await service.wrote('stopping: asked by SIGTERM');

    await expect(atFront(service, 'GET /health/live')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const answer = await atDoor(service, 'GET /health/live');
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.body)).toMatchObject({
      error: {
        guard: { verdict: 'draining', reason: 'Asked to stop by SIGTERM.', pid: service.process.pid },
      },
    });
    expect((await atDoor(service, 'GET /health/ready')).status).toBe(503);

    const answered = text(slow);
    slow.write(body.slice(5));
    expect(await answered).toMatch(/^HTTP\/1.1 201 /);
    expect(await exited).toEqual([0, null]);
    expect(await readdir(run)).toEqual([]);
  });

  it('does not keep the worker, whoever still waits at it', async () => {
    const service = await start({ GUARD_DRAIN_TIMEOUT_MS: '20000' });
    const idle = connect({ path: socketOf(service) });
    await once(idle, 'connect');
    const endless = connect({ path: socketOf(service) });
    endless.write(`PUT /log-level HTTP/1.1\r\nHost: x\r\n${JSON_BODY}\r\nContent-Length: 100\r\n\r\n{`);
    await untilInFlight(service, 2);
    const from = performance.now();
    expect(await service.stop()).toBe(0);
    expect(performance.now() - from).toBeLessThan(5000);
    for (const socket of [idle, endless]) socket.destroy();
  });
});

/** Asks until so many requests, the asking one included, are in the worker. */
async function untilInFlight(service: Service, count: number): Promise<void> {
  for (;;) {
    const { body } = await atDoor(service, 'GET /health/live');
    if (JSON.parse(body).details.guard.inFlight === count) return;
  }
}

describe('the operations of the service door', () => {
  it('send a worker away, which answers first', async () => {
    const service = await start();
    const exited = once(service.process, 'exit');
    const answer = await atDoor(service, 'POST /recycle');
    expect(answer.status).toBe(202);
    expect(JSON.parse(answer.body)).toEqual({ pid: service.process.pid, bootId: expect.any(String) });
    expect(await exited).toEqual([0, null]);
    expect(service.output()).toContain('stopping: asked by its service door');
  });

  it('change what is logged, without a restart and without WRITE_TOKENS', async () => {
    const service = await start({ WRITE_TOKENS: '' });
    for (const level of ['error', 'info']) {
      const answer = await atDoor(service, 'PUT /log-level', ...withLength(JSON.stringify({ level })));
      expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { level, contexts: [] }]);
    }
    await service.stop();
    expect(service.output()).toContain('from here on error');
    expect(service.output()).not.toContain('from here on info');
    expect(service.output()).toContain('stopping: asked by SIGTERM');
  });

  it('name the field that is wrong', async () => {
    const service = await start();
    for (const [body, field] of [
      ['{"level":"loud"}', 'level'],
      ['{"level":null}', 'level'],
      ['{"level":["info"]}', 'level'],
      ['{}', 'level'],
      ['{"level":"info","for":"ever"}', 'for'],
    ] as const) {
      const answer = await atDoor(service, 'PUT /log-level', ...withLength(body));
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field }] });
    }
  });
});

describe('a route of the service door, asked for at the front door', () => {
  const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'TRACE', 'BREW'];
  const DISGUISES: readonly ((path: string) => string)[] = [
    (path) => `/${path}`,
    (path) => `//${path}`,
    (path) => `/${path}/`,
    (path) => `/${path}//`,
    (path) => `/${path.toUpperCase()}`,
    (path) => `/%${path.charCodeAt(0).toString(16)}${path.slice(1)}`,
    (path) => `/${path}?full=1`,
    (path) => `/${path}#top`,
    (path) => `/${path};x=1`,
    (path) => `/./${path}`,
    (path) => `/health/../${path}`,
    (path) => `/health/%2e%2e/${path}`,
    (path) => `http://localhost/${path}`,
    (path) => `http://unix:/${path}`,
    (path) => `unix:${path}`,
  ];
  const HEADERS = [
    [],
    [
      'X-Forwarded-Host: unix',
      'X-Forwarded-For: 127.0.0.1',
      'X-Forwarded-Proto: unix',
      'X-Original-URL: /recycle',
      'X-HTTP-Method-Override: GET',
      'Forwarded: for=unix;host=unix',
      'Accept-Version: 1.0.0',
      `Authorization: Bearer ${OPS_TOKEN}`,
      'Host: service-door',
    ],
  ];

  it('gets the answer of an unknown route, whatever it looks like', async () => {
    const service = await start({ OPS_TOKEN, CORS_ORIGINS: 'https://shop.example' });
    for (const method of METHODS) {
      for (const disguise of DISGUISES) {
        for (const headers of HEADERS) {
          for (const path of ['recycle', 'log-level', 'metrics']) {
            const unknown = `x${path.slice(1)}`;
            const [asked, expected] = await Promise.all(
              [path, unknown].map((target) => atFront(service, `${method} ${disguise(target)}`, headers)),
            );
            const told = comparable(asked!, disguise(path));
            expect([method, disguise(path), told]).toEqual([
              method,
              disguise(path),
              comparable(expected!, disguise(unknown)),
            ]);
            if (method !== 'OPTIONS') expect([400, 404]).toContain(asked!.status);
          }
        }
      }
    }
    expect((await atFront(service, 'GET /recycle')).body).toContain('"code":"ROUTE_NOT_FOUND"');
    expect(service.process.exitCode).toBeNull();
  }, 60_000);

  it('gets the answer of an unknown route, also with a body', async () => {
    const service = await start();
    for (const body of ['{"level":"debug"}', '{', '[]', '']) {
      const [asked, unknown] = await Promise.all(
        ['/log-level', '/xog-level'].map((path) => atFront(service, `PUT ${path}`, ...withLength(body))),
      );
      expect(comparable(asked!, '/log-level')).toEqual(comparable(unknown!, '/xog-level'));
    }
  });

  it('is not in the public description of the API', async () => {
    const service = await start();
    const { body } = await atFront(service, 'GET /docs-json');
    expect(body).not.toMatch(/recycle|log-level|metrics/);
  });
});

/** Without the time and the id of the request, and with one name for the path that was asked for. */
function comparable({ status, headers, body }: RawAnswer, path: string) {
  return {
    status,
    headers: headers.filter((line) => !/^(date|x-request-id):/i.test(line)),
    body: body
      .replace(/"requestId":"[^"]+"/, '')
      .replaceAll(path.replace(/[?#].*/, ''), '<path>')
      .replaceAll(path, '<path>'),
  };
}

describe('the service door on TCP', () => {
  const doorOf = (service: Service) => {
    const [, port] = /service door is open at tcp:[^"]*:(\d+)"/.exec(service.output()) ?? [];
    return { host: '127.0.0.1', port: Number(port) };
  };

  it('asks for OPS_TOKEN, health excepted, and there is no socket', async () => {
    const service = await start({ SERVICE_DOOR: 'tcp:127.0.0.1:0', OPS_TOKEN });
    const ask = (request: string, token?: string) =>
      sendRaw(doorOf(service), request, token === undefined ? [] : [`Authorization: Bearer ${token}`]);

    expect(await ask('GET /health/live')).toMatchObject({ status: 200 });
    for (const request of ['GET /books', 'POST /recycle', 'GET /nowhere']) {
      for (const token of [undefined, 'wrong', `${OPS_TOKEN}x`, WRITE_TOKEN]) {
        const answer = await ask(request, token);
        expect(answer.status).toBe(401);
        expect(JSON.parse(answer.body)).toMatchObject({ code: 'TOKEN_REQUIRED' });
      }
    }
    expect(await ask('GET /books', OPS_TOKEN)).toMatchObject({ status: 200 });
    expect(await atFront(service, 'POST /recycle', [`Authorization: Bearer ${OPS_TOKEN}`])).toMatchObject({
      status: 404,
    });
    await expect(readdir(run)).rejects.toMatchObject({ code: 'ENOENT' });

    const exited = once(service.process, 'exit');
    expect(await ask('POST /recycle', OPS_TOKEN)).toMatchObject({ status: 202 });
    expect(await exited).toEqual([0, null]);
    expect(service.output()).not.toContain(OPS_TOKEN);
  });

  it('is open to others with a token, and on IPv6', async () => {
    const all = await start({ SERVICE_DOOR: 'tcp:0.0.0.0:0', OPS_TOKEN });
    expect(await sendRaw(doorOf(all), 'GET /books')).toMatchObject({ status: 401 });
    const six = await start({ SERVICE_DOOR: 'tcp:[::1]:0' });
    expect(await sendRaw({ ...doorOf(six), host: '::1' }, 'GET /books')).toMatchObject({ status: 200 });
  });
});

describe('a service door that cannot be opened', () => {
  async function failure(variables: Record<string, string>): Promise<string> {
    const message = await start(variables).then(
      () => 'it started',
      (error: unknown) => (error as Error).message,
    );
    return message;
  }

  it('stops the start where everybody could come in, and names the variable', async () => {
    const message = await failure({ SERVICE_DOOR: 'tcp:0.0.0.0:9999' });
    expect(message).toContain('Evernest cannot start: OPS_TOKEN must be set');
    expect(message).not.toContain('9999');
  });

  it('stops the start when it cannot be read, and tells no secret', async () => {
    const message = await failure({ SERVICE_DOOR: 'unix:/hunter2', OPS_TOKEN: 'hunter2 hunter2' });
    expect(message).toMatch(/SERVICE_DOOR must be tcp:HOST:PORT.* OPS_TOKEN must be a token/);
    expect(message).not.toContain('hunter2');
  });

  it('stops the start when its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const message = await failure({ SERVICE_DOOR: `tcp:127.0.0.1:${port}` });
    expect(message).toContain(
      `The service door cannot be opened at tcp:127.0.0.1:${port}: listen EADDRINUSE`,
    );
    expect(message).toContain('Check SERVICE_DOOR and STATE_DIR.');
    server.close();
    await once(server, 'close');
  });

  it('stops the start when the path of its socket is too long, and names it', async () => {
    const long = join(stateDir, 'x'.repeat(100));
    const message = await failure({ STATE_DIR: long });
    expect(message).toMatch(
      new RegExp(`cannot be at ${long}/run/catalog-0.\\d+.sock: the path of a socket may have`),
    );
  });

  it('stops the start when its folder is no folder', async () => {
    await writeFile(run, '');
    expect(await failure({})).toContain(`The service door cannot be opened at ${run}/catalog-0.`);
  });
});
