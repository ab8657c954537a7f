import { performance, PerformanceObserver } from 'node:perf_hooks';
import { Controller, Get, HttpCode, Logger, Module, Post, Res } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyReply } from 'fastify';
import { Metrics } from './metrics.js';
import type { MetricsModuleOptions } from './metrics-options.js';
import { MetricsModule } from './metrics.module.js';
import { stateSet } from './readings/state-set.js';

const BUCKET = 'http_request_duration_seconds_bucket';
const COUNT = 'http_request_duration_seconds_count';

@Controller('books')
class BooksController {
  static answer: () => void = () => undefined;

  @Get(':id')
  read() {
    return {};
  }

  @Post()
  @HttpCode(201)
  create() {
    return {};
  }

  @Get(':id/wait')
  wait(@Res() reply: FastifyReply) {
    BooksController.answer = () => void reply.send('at last');
  }
}

@Module({ controllers: [BooksController] })
class BooksModule {}

let app: NestFastifyApplication;
afterEach(() => app.close());

async function start(options: MetricsModuleOptions = {}) {
  const metrics = MetricsModule.forRootAsync({ useFactory: () => options });
  const module = await Test.createTestingModule({ imports: [metrics, BooksModule] }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
}

async function lines(prefix: string): Promise<string[]> {
  const text = await app.get(Metrics).exposition();
  return text.split('\n').filter((line) => line.startsWith(prefix));
}

describe('the durations of requests', () => {
  it('are told by method, pattern of the route and status code', async () => {
    await start();
    await app.inject('/books/1?title=secret');
    await app.inject('/books/2');
    await app.inject({ method: 'POST', url: '/books' });
    expect(await lines(COUNT)).toEqual([
      `${COUNT}{method="GET",route="/books/:id",code="200"} 2`,
      `${COUNT}{method="POST",route="/books",code="201"} 1`,
    ]);
    expect(await lines(`${BUCKET}{le="+Inf",method="GET"`)).toEqual([
      `${BUCKET}{le="+Inf",method="GET",route="/books/:id",code="200"} 2`,
    ]);
  });

  it('are those of `unmatched` for whatever no route takes, and of `other` for unknown methods', async () => {
    await start();
    await Promise.all(Array.from({ length: 50 }, (_, index) => app.inject(`/no/${index}`)));
    await Promise.all(
      ['PROPFIND', 'TRACE'].map((method) => app.inject({ method: method as 'GET', url: '/no' })),
    );
    expect(await lines(COUNT)).toEqual([
      `${COUNT}{method="GET",route="unmatched",code="404"} 50`,
      `${COUNT}{method="other",route="unmatched",code="404"} 2`,
    ]);
  });

  it('are told of requests too that an earlier hook has answered', async () => {
    const adapter = new FastifyAdapter();
    adapter.getInstance().addHook('onRequest', (_request, reply) => void reply.code(503).send());
    const imports = [MetricsModule.forRoot({}), BooksModule];
    app = (await Test.createTestingModule({ imports }).compile()).createNestApplication(adapter);
    await app.init();
    await app.inject('/books/1');
    expect(await lines(COUNT)).toEqual([`${COUNT}{method="GET",route="/books/:id",code="503"} 1`]);
    expect(await lines('http_requests_in_flight')).toEqual(['http_requests_in_flight 0']);
  });
});

describe('requests in flight', () => {
  it('are those that are begun and not answered', async () => {
    await start();
    const waiting = app.inject('/books/1/wait');
    await new Promise(setImmediate);
    expect(await lines('http_requests_in_flight')).toEqual(['http_requests_in_flight 1']);
    BooksController.answer();
    await waiting;
    expect(await lines('http_requests_in_flight')).toEqual(['http_requests_in_flight 0']);
  });

  it('end when the client leaves, and are counted as aborted', async () => {
    await start();
    await app.listen(0, '127.0.0.1');
    expect((await fetch(`${await app.getUrl()}/books/1`)).status).toBe(200);
    const leave = new AbortController();
    const begun = new Promise<void>((resolve) => {
      app.getHttpServer().on('request', (_request: unknown, response: FastifyReply['raw']) => {
        setImmediate(() => leave.abort());
        response.on('close', () => resolve());
      });
    });
    const answer = fetch(`${await app.getUrl()}/books/1/wait`, { signal: leave.signal });
    await expect(answer).rejects.toThrow('aborted');
    await begun;
    expect(await lines('http_requests_')).toEqual([
      'http_requests_in_flight 0',
      'http_requests_aborted_total 1',
    ]);
  });
});

describe('what the application hands in', () => {
  it('is read at each scrape', async () => {
    let shed = 0;
    let verdict: 'healthy' | 'strained' = 'healthy';
    await start({
      readings: [
        { name: 'shed_total', help: 'Shed.', type: 'counter', read: () => shed },
        { name: 'pool', help: 'Pool.', type: 'gauge', label: 'state', read: () => ({ idle: 1, used: 2 }) },
        stateSet({
          name: 'guard',
          help: 'Verdict.',
          label: 'verdict',
          states: ['healthy', 'strained'],
          read: () => verdict,
        }),
      ],
    });
    expect(await lines('shed_total')).toEqual(['shed_total 0']);
    expect(await lines('pool')).toEqual(['pool{state="idle"} 1', 'pool{state="used"} 2']);
    expect(await lines('guard')).toEqual(['guard{verdict="healthy"} 1', 'guard{verdict="strained"} 0']);
    shed = 3;
    verdict = 'strained';
    expect(await lines('shed_total')).toEqual(['shed_total 3']);
    expect(await lines('guard')).toEqual(['guard{verdict="healthy"} 0', 'guard{verdict="strained"} 1']);
  });

  it('is left out while it is not known', async () => {
    let floor: number | null = 5;
    const read = () => floor;
    await start({ readings: [{ name: 'heap_floor_bytes', help: 'Floor.', type: 'gauge', read }] });
    expect(await lines('heap_floor_bytes')).toEqual(['heap_floor_bytes 5']);
    floor = null;
    expect(await lines('heap_floor_bytes')).toEqual([]);
  });

  it('costs nothing but itself when it fails, and one line in the log', async () => {
    const error = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const read = () => Promise.reject(new Error('the pool is gone'));
    await start({ readings: [{ name: 'pool', help: 'Pool.', type: 'gauge', read }] });
    expect(await lines('pool')).toEqual([]);
    expect(await lines('process_resident_memory_bytes')).toHaveLength(1);
    expect(error.mock.calls).toEqual([
      [expect.objectContaining({ message: 'the metric pool could not be read' })],
    ]);
  });
});

describe('the process', () => {
  it('tells processor, memory, heap, event loop and collections in base units', async () => {
    await start();
    const value = async (name: string) => Number((await lines(`${name} `))[0]?.split(' ')[1]);
    expect(await value('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
    expect(await value('process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(await value('process_start_time_seconds')).toBeCloseTo(performance.timeOrigin / 1000);
    expect(await value('nodejs_heap_size_limit_bytes')).toBeGreaterThan(
      await value('nodejs_heap_size_used_bytes'),
    );
    expect(await value('nodejs_eventloop_utilization_ratio')).toBeLessThanOrEqual(1);
    expect(await value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
    expect(await lines('nodejs_heap_space_size_used_bytes{space="old"}')).toHaveLength(1);
    expect(await lines('nodejs_gc_duration_seconds_count{kind="major"}')).toHaveLength(1);
  });
});

describe('closing the application', () => {
  it('ends what watches the process', async () => {
    await start();
    const disconnect = jest.spyOn(PerformanceObserver.prototype, 'disconnect');
    const clear = jest.spyOn(globalThis, 'clearInterval');
    await app.close();
    expect(disconnect).toHaveBeenCalledTimes(1);
    expect(clear).toHaveBeenCalledTimes(1);
  });
});

describe('the options', () => {
  it('are refused when there is no such option', async () => {
    const typo = { reading: [] } as MetricsModuleOptions;
    await expect(start(typo)).rejects.toThrow('the metrics module has no option reading; it has readings');
    await start();
  });
});
