import { resolveProcessGuardOptions } from './process-guard-options.js';

describe('the options of the process guard', () => {
  it('leave every error to the guard by default, and cannot be changed afterwards', () => {
    const options = resolveProcessGuardOptions({});
    expect(options.toProblem(new Error('any'))).toBeUndefined();
    expect(Object.isFrozen(options)).toBe(true);
  });

  it('fill in what is not given', () => {
    expect(resolveProcessGuardOptions({ hangTimeoutMs: 0 })).toMatchObject({
      folder: expect.stringMatching(/\/var\/guard$/),
      pmId: null,
      workers: 1,
      drainTimeoutMs: 10_000,
      hangTimeoutMs: 0,
      memoryLimitBytes: null,
      heapSnapshots: false,
      neverShed: ['/health'],
    });
  });

  it.each([
    [{ toProblems: () => undefined }, 'the process guard has no option toProblems'],
    [{ toProblem: 'x' }, "the process guard's toProblem must be a function, and is x"],
    [{ drainTimeoutMs: -1 }, 'drainTimeoutMs must be 0 to 600000 milliseconds, and is -1'],
    [{ drainTimeoutMs: Number.NaN }, 'drainTimeoutMs must be 0 to 600000 milliseconds, and is NaN'],
    [{ drainTimeoutMs: '5000' }, 'drainTimeoutMs must be 0 to 600000 milliseconds, and is 5000'],
    [{ hangTimeoutMs: 99 }, 'hangTimeoutMs must be 0, or 100 to 600000 milliseconds, and is 99'],
    [{ memoryLimitBytes: 1 }, 'memoryLimitBytes must be null, or 67108864 to'],
    [{ folder: '' }, 'folder must be the path of a folder'],
    [{ pmId: 1.5 }, 'pmId must be a whole number, or null'],
    [{ workers: 0 }, 'workers must be a whole number, 1 to 4096'],
    [{ heapSnapshots: 'yes' }, 'heapSnapshots must be true or false'],
    [{ neverShed: ['health'] }, 'neverShed must be a list of paths that begin with /'],
    [{ requestContext: {} }, 'requestContext must be null, or a function'],
    [{ flushLogs: null }, 'flushLogs must be a function'],
  ])('stop the start when they cannot be: %p', (options, message) => {
    expect(() => resolveProcessGuardOptions(options as never)).toThrow(message);
  });
});
