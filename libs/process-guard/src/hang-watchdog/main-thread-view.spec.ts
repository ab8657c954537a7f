import { runInNewContext } from 'node:vm';
import { DESCRIBE_MAIN_THREAD, publishMainThreadView, type MainThreadView } from './main-thread-view.js';
import type { NotedRequest } from './shared-board.js';

// Jest's modules have a global object of their own, which only they can reach.
const describeMainThread = (): MainThreadView =>
  JSON.parse(
    String(runInNewContext(DESCRIBE_MAIN_THREAD.replace('globalThis', 'holder'), { holder: globalThis })),
  ) as MainThreadView;

let unpublish: () => void = () => undefined;
afterEach(() => unpublish());

describe('the published view of the main thread', () => {
  it('tells the request, memory and resources of this moment', () => {
    let request: NotedRequest | undefined;
    unpublish = publishMainThreadView(() => request);
    expect(describeMainThread()).toMatchObject({ debuggerIsOpen: false, request: null });
    request = { id: '7', method: 'GET', route: '/books' };
    const view = describeMainThread();
    expect(view.request).toEqual(request);
    expect(view.heapUsedBytes).toBeGreaterThan(1e6);
    expect(Object.values(view.activeResources).every((count) => count > 0)).toBe(true);
  });

  it('tells everything but the request if that cannot be read', () => {
    unpublish = publishMainThreadView(() => {
      throw new Error('no context');
    });
    expect(describeMainThread()).toMatchObject({ request: null, heapUsedBytes: expect.any(Number) });
  });

  it('keeps the texts of a request short', () => {
    const long = 'x'.repeat(100_000);
    unpublish = publishMainThreadView(() => ({ id: long, method: long, route: long }));
    expect(JSON.stringify(describeMainThread().request).length).toBeLessThan(1000);
  });

  it('is taken back, unless another has taken its place', () => {
    const first = publishMainThreadView(() => ({ id: '1', method: 'GET', route: '/' }));
    unpublish = publishMainThreadView(() => ({ id: '2', method: 'GET', route: '/' }));
    first();
    expect(describeMainThread().request?.id).toBe('2');
    unpublish();
    expect(describeMainThread).toThrow();
  });
});
