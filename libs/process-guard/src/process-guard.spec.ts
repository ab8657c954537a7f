import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConsoleLogger, Controller, Get, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { DescriptorWatch } from './descriptors/descriptor-watch.js';
import { Departure } from './drain/departure.js';
import { Drain } from './drain/drain.js';
import { LoadShedder } from './load-shedding/load-shedder.js';
import { ProcessGuard } from './process-guard.js';
import { GUARD_LIMITS } from './process-guard-options.js';
import { ProcessGuardModule } from './process-guard.module.js';

const STATUS = {
  bootId: expect.stringMatching(/^\d{8}T\d{9}Z-\d+-[\da-f]{4}$/),
  pid: process.pid,
  verdict: 'healthy',
  reason: null,
  rssBytes: expect.any(Number),
  rssLimitBytes: expect.any(Number),
  heapUsedBytes: expect.any(Number),
  heapLimitBytes: expect.any(Number),
  heapFloorBytes: null,
  heapFloorSlopeBytesPerMinute: null,
  eventLoopUtilization: expect.any(Number),
  eventLoopDelayP99Ms: expect.any(Number),
  inFlight: 1,
  uptimeSeconds: expect.any(Number),
};

@Controller()
class StatusController {
  /** Tells with `begun` how to answer a request that waits. */
  static readonly waiting = new EventEmitter<{ begun: [answer: (body: string) => void] }>();

  constructor(private readonly guard: ProcessGuard) {}

  @Get('wait')
  wait() {
    return new Promise<string>((resolve) => StatusController.waiting.emit('begun', resolve));
  }

  @Get(['health', 'status'])
  health() {
    return this.guard.status();
  }
}

@Module({ controllers: [StatusController] })
class FeatureModule {}

describe('the process guard in a test module', () => {
  let folder: string;
  let app: NestFastifyApplication;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'evernest-guard-'))));
  afterEach(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  async function start(options = {}) {
    // A test runner may be larger than a service must be.
    const memoryLimitBytes = GUARD_LIMITS.memoryLimitBytes.most;
    const guarded = ProcessGuardModule.forRoot({ folder, hangTimeoutMs: 0, memoryLimitBytes, ...options });
    const module = await Test.createTestingModule({ imports: [guarded, FeatureModule] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  }

  it('is there for every feature, and tells all of its status', async () => {
    await start();
    const status = (await app.inject('/health')).json();
    expect(status).toEqual({ ...STATUS, heapFloorBytes: status.heapFloorBytes });
  });

  it('tells the verdict and the reason of the memory, and nothing of its insides', async () => {
    const spaceForNobody = 64 * 1024 * 1024;
    await start({ memoryLimitBytes: spaceForNobody });
    app.get(ProcessGuard).sampleResources();
    const status = (await app.inject('/health')).json();
    expect(status).toEqual({
      ...STATUS,
      verdict: 'strained',
      reason: expect.stringContaining('64 MB'),
      // Known once there was a collection, which is V8's to decide.
      heapFloorBytes: status.heapFloorBytes,
    });
  });

  it('asks to be replaced for its file descriptors, also where memory is short too', async () => {
    const reason = '900 of 1000 file descriptors are open, 2 of them for clients.';
    const shortage = {
      cause: 'descriptors',
      reason,
      waitsFor: 'supervisor',
      evidence: {},
    } as const;
    const spy = jest.spyOn(DescriptorWatch.prototype, 'shortage', 'get').mockReturnValue(shortage);
    await start({ memoryLimitBytes: 64 * 1024 * 1024, recycleGraceMs: 60_000 });
    app.get(ProcessGuard).sampleResources();
    const status = (await app.inject('/health')).json();
    spy.mockRestore();
    expect(status).toMatchObject({ verdict: 'recycle', reason });
  });

  it('tells how it ended where its watchdog, before, told of a long turn', async () => {
    const others = process.listeners('exit');
    await start();
    const { bootId } = app.get(ProcessGuard).status();
    const file = join(folder, `${bootId}.json`);
    writeFileSync(file, JSON.stringify({ bootId, cause: 'hang', message: 'It stands still.' }));
    for (const tell of process.listeners('exit')) if (!others.includes(tell)) tell(3);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ cause: 'fatal-error', exitCode: 3 });
  });

  it('tells why it left, and with what it really ended, where its watchdog, meanwhile, told of a long turn', async () => {
    const others = process.listeners('exit');
    await start();
    const { bootId } = app.get(ProcessGuard).status();
    const file = join(folder, `${bootId}.json`);
    writeFileSync(file, JSON.stringify({ bootId, cause: 'hang', message: 'It stands still.' }));
    const asked = { cause: 'asked', exitCode: 0, message: 'Asked to stop by SIGTERM.' } as const;
    const end = jest.spyOn(Departure.prototype, 'end', 'get').mockReturnValue(asked);
    for (const tell of process.listeners('exit')) if (!others.includes(tell)) tell(3);
    end.mockRestore();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ ...asked, exitCode: 3 });
  });

  it('begins ten requests at a time while its memory is strained', async () => {
    await start({ memoryLimitBytes: 64 * 1024 * 1024, recycleGraceMs: 60_000 });
    app.get(ProcessGuard).sampleResources();
    await app.listen(0, '127.0.0.1');
    const url = `${await app.getUrl()}/wait`;
    const answers: ((text: string) => void)[] = [];
    const collect = (answer: (text: string) => void) => answers.push(answer);
    StatusController.waiting.on('begun', collect);
    const asked = Array.from({ length: 10 }, () => fetch(url));
    while (answers.length < 10) await once(StatusController.waiting, 'begun');
    const room = jest.spyOn(LoadShedder.prototype, 'roomInMs');
    asked.push(fetch(url));
    while (room.mock.results.length === 0) await nextTurn();
    // Not for the loop's sake: of that it would ask again each millisecond.
    expect(room.mock.results.at(-1)?.value).toBe(20);
    expect(answers).toHaveLength(10);
    const begun = once(StatusController.waiting, 'begun');
    answers[0]?.('one has ended');
    await begun;
    for (const answer of answers) answer('the others too');
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200));
    StatusController.waiting.off('begun', collect);
  });

  it('lets the drain know that it listens, for the servers that Fastify has beside its own', async () => {
    const noteListening = jest.spyOn(Drain.prototype, 'noteListening');
    await start();
    await app.listen(0, '127.0.0.1');
    expect(noteListening).toHaveBeenCalledTimes(1);
  });

  it('tells the client of a request that waits for its turn to leave with its answer', async () => {
    await start();
    await app.listen(0, '127.0.0.1');
    const judge = jest.spyOn(LoadShedder.prototype, 'judge').mockReturnValue('queue');
    const room = jest.spyOn(LoadShedder.prototype, 'roomInMs').mockReturnValue(1);
    const asked = once(
      request(`${await app.getUrl()}/status`, { agent: new Agent({ keepAlive: true }) }).end(),
      'response',
    );
    await once(app.getHttpAdapter().getHttpServer(), 'request');
    const closed = app.close();
    await once(app.get(ProcessGuard).drainSignal, 'abort');
    room.mockRestore();
    judge.mockRestore();
    const [answer] = await asked;
    answer.resume();
    expect([answer.statusCode, answer.headers.connection]).toEqual([200, 'close']);
    await closed;
  });

  it('answers a request that still waits for its turn at the deadline of the drain, and does not begin it', async () => {
    await start({ drainTimeoutMs: 0 });
    await app.listen(0, '127.0.0.1');
    const judge = jest.spyOn(LoadShedder.prototype, 'judge').mockReturnValue('queue');
    const room = jest.spyOn(LoadShedder.prototype, 'roomInMs').mockReturnValue(1);
    const begun = jest.fn();
    StatusController.waiting.once('begun', begun);
    const answered = fetch(`${await app.getUrl()}/wait`);
    await once(app.getHttpAdapter().getHttpServer(), 'request');
    const guard = app.get(ProcessGuard);
    await app.close();
    room.mockRestore();
    judge.mockRestore();
    StatusController.waiting.off('begun', begun);
    expect((await answered).status).toBe(503);
    expect(begun).not.toHaveBeenCalled();
    expect(guard.counters).toEqual({ shedRequests: 0, drainedRequests: 0, cutOffRequests: 1 });
  });

  it('counts what it answers while it leaves', async () => {
    await start();
    await app.listen(0, '127.0.0.1');
    const answered = fetch(`${await app.getUrl()}/wait`);
    const [answer] = await once(StatusController.waiting, 'begun');
    const guard = app.get(ProcessGuard);
    const closed = app.close();
    await once(guard.drainSignal, 'abort');
    answer('at last');
    expect((await answered).status).toBe(200);
    await closed;
    expect(guard.counters).toEqual({ shedRequests: 0, drainedRequests: 1, cutOffRequests: 0 });
  });

  it('counts what the deadline of the drain ends', async () => {
    await start({ drainTimeoutMs: 0 });
    await app.listen(0, '127.0.0.1');
    const answered = fetch(`${await app.getUrl()}/wait`);
    await once(StatusController.waiting, 'begun');
    const guard = app.get(ProcessGuard);
    await app.close();
    expect((await answered).status).toBe(503);
    expect(guard.counters).toEqual({ shedRequests: 0, drainedRequests: 0, cutOffRequests: 1 });
  });

  it('leaves nothing in flight', async () => {
    await start();
    await Promise.all(Array.from({ length: 20 }, () => app.inject('/health')));
    expect(app.get(ProcessGuard).status().inFlight).toBe(0);
  });
});

it('is refused a second time in one application', async () => {
  const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'evernest-guard-')));
  const twice = folders.map((folder) => ProcessGuardModule.forRoot({ folder }));
  await expect(
    Test.createTestingModule({ imports: twice })
      .setLogger(new ConsoleLogger({ logLevels: [] }))
      .compile(),
  ).rejects.toThrow('is imported with 2 sets of options; import it once, in the root module');
  for (const folder of folders) rmSync(folder, { recursive: true });
});
