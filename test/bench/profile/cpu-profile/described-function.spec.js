import { describeFunction } from './described-function.js';
import { PROJECT } from './profile.fixture.js';

const described = (url, functionName = 'find', caller) =>
  describeFunction({ functionName, url, lineNumber: 11, columnNumber: 3 }, caller, PROJECT);

describe('a function', () => {
  it.each([
    [
      'file:///project/libs/response-cache/src/send.ts',
      'libs/response-cache/src/send.ts:12',
      'libs/response-cache',
    ],
    [
      'file:///project/apps/catalog/src/books/books.service.ts',
      'apps/catalog/src/books/books.service.ts:12',
      'apps/catalog',
    ],
    ['file:///project/node_modules/fastify/lib/route.js', 'fastify/lib/route.js:12', 'fastify'],
    ['file:///project/node_modules/@nestjs/core/router.js', '@nestjs/core/router.js:12', '@nestjs/core'],
    ['/project/node_modules/a/node_modules/b/index.js', 'b/index.js:12', 'b'],
    ['node:events', 'node:events:12', 'node:events'],
    ['node:_http_outgoing', 'node:_http_outgoing:12', 'node:http'],
    ['node:internal/streams/writable', 'node:internal/streams/writable:12', 'node:stream'],
    ['node:internal/stream_base_commons', 'node:internal/stream_base_commons:12', 'node:stream'],
    ['node:internal/process/task_queues', 'node:internal/process/task_queues:12', 'node:process'],
    ['node:internal/timers', 'node:internal/timers:12', 'node:timers'],
  ])('of %s stands at %s and is of %s', (url, place, packageName) => {
    expect(described(url)).toMatchObject({ name: 'find', place, package: packageName });
  });

  it('without a name says so', () => {
    expect(described('node:events', '').name).toBe('(anonymous)');
  });

  it('without a file is native code of whoever calls it', () => {
    const caller = described('node:fs');
    expect(described('', 'writeBuffer', caller)).toMatchObject({
      place: 'native, from node:fs:12',
      package: 'node:fs (native)',
    });
  });

  it('that native code calls natively is still that of the first caller', () => {
    const caller = described('', 'runMicrotasks', described('node:fs'));
    expect(described('', 'writeBuffer', caller)).toMatchObject({
      place: 'native, from node:fs:12',
      package: 'node:fs (native)',
    });
  });

  it('without a file that libs/database calls is of better-sqlite3', () => {
    const caller = described('file:///project/libs/database/src/handle.ts');
    expect(described('', 'all', caller).package).toBe('better-sqlite3 (native)');
  });

  it('of V8 itself is a package of its own', () => {
    expect(described('', '(garbage collector)', described('', '(root)'))).toMatchObject({
      place: '',
      package: '(garbage collector)',
    });
  });
});
