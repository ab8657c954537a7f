import { resolveProcessGuardOptions } from './process-guard-options.js';

describe('the options of the process guard', () => {
  it('leave every error to the guard by default, and cannot be changed afterwards', () => {
    const options = resolveProcessGuardOptions({});
    expect(options.toProblem(new Error('any'))).toBeUndefined();
    expect(Object.isFrozen(options)).toBe(true);
  });

  it.each([
    [{ toProblems: () => undefined }, 'the process guard has no option toProblems'],
    [{ toProblem: 'x' }, "the process guard's toProblem must be a function"],
  ])('stop the start when they cannot be: %p', (options, message) => {
    expect(() => resolveProcessGuardOptions(options as never)).toThrow(message);
  });
});
