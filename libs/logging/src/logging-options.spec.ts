import { resolveLoggingOptions } from './logging-options.js';

describe('resolveLoggingOptions', () => {
  // What comes from JavaScript or from outside is not held back by types.
  function resolve(options: object) {
    return resolveLoggingOptions(options);
  }

  it('writes JSON to stdout from info on unless told otherwise, and freezes the result', () => {
    const options = resolve({});
    expect(options).toMatchObject({ levels: { level: 'info' }, stdout: 'json', folder: undefined });
    expect(Object.isFrozen(options)).toBe(true);
  });

  it('writes nothing to stdout where there are files, unless it is told to', () => {
    expect(resolve({ folder: 'log' })).toMatchObject({ stdout: 'nothing' });
    expect(resolve({ folder: 'log', stdout: 'pretty' })).toMatchObject({ stdout: 'pretty' });
  });

  it.each([
    [{ stdout: 'xml' }, 'Logging stdout "xml" is not known; use one of json, pretty, nothing.'],
    [{ colour: true }, '"colour" is not an option of logging; it knows levels, folder, stdout, udp'],
  ])('refuses %j', (options, message) => {
    expect(() => resolve(options)).toThrow(message);
  });
});
