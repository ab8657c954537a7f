import { captureFrames, type CallFrame } from './call-frames.js';

class Books {
  findAll(): readonly CallFrame[] {
    return captureBelow();
  }
}
const captureBelow = (): readonly CallFrame[] => captureFrames(captureBelow);
const deep = (depth: number): readonly CallFrame[] => (depth === 0 ? captureBelow() : deep(depth - 1));

describe('the captured stack', () => {
  it('begins with the caller, named with its class, where it stands in the built file', () => {
    const [caller] = new Books().findAll();
    expect(caller).toMatchObject({
      functionName: 'Books.findAll',
      file: expect.stringContaining('call-frames.spec'),
    });
    expect(caller?.line).toBeGreaterThan(0);
  });

  it('names a constructor and what the engine has built in', () => {
    let frames: readonly CallFrame[] = [];
    class Book {
      constructor() {
        [1].forEach(() => (frames = captureBelow()));
      }
    }
    expect(new Book()).toBeDefined();
    expect(frames[1]).toMatchObject({ functionName: 'Array.forEach', file: null });
    expect(frames[2]?.functionName).toBe('new Book');
  });

  it('ends after 50 calls', () => expect(deep(200)).toHaveLength(50));

  it('leaves the errors of the program as they were', () => {
    const { stackTraceLimit } = Error;
    const prepare = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
    const own = () => 'their own';
    try {
      Object.assign(Error, { stackTraceLimit: 7, prepareStackTrace: own });
      captureBelow();
      expect(Error.stackTraceLimit).toBe(7);
      expect(Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')?.value).toBe(own);

      Reflect.deleteProperty(Error, 'prepareStackTrace');
      captureBelow();
      expect(Object.hasOwn(Error, 'prepareStackTrace')).toBe(false);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
      if (prepare) Object.defineProperty(Error, 'prepareStackTrace', prepare);
    }
  });
});
