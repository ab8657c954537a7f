import { resolveLoggingOptions, type LoggingOptions } from './logging-options.js';

describe('resolveLoggingOptions', () => {
  // What comes from JavaScript or from outside is not held back by types.
  function resolve(options: object) {
    return resolveLoggingOptions({
      level: 'info',
      format: 'json',
      ...options,
    } satisfies object as LoggingOptions);
  }

  it('writes to stdout unless told otherwise, and freezes the result', () => {
    const options = resolve({});
    expect(options).toMatchObject({ level: 'info', format: 'json', stream: process.stdout });
    expect(Object.isFrozen(options)).toBe(true);
  });

  it.each([
    [
      { level: 'loud' },
      'Logging level "loud" is not known; use one of fatal, error, warn, info, debug, verbose.',
    ],
    [{ level: undefined }, 'Logging level "undefined" is not known'],
    [{ format: 'xml' }, 'Logging format "xml" is not known; use one of json, pretty.'],
    [{ colour: true }, '"colour" is not an option of logging; it knows level, format, context and stream.'],
  ])('refuses %j', (options, message) => {
    expect(() => resolve(options)).toThrow(message);
  });
});
