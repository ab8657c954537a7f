import { jest } from '@jest/globals';
import { readCommandLine } from './command-line.js';

describe('the command line of the log collector', () => {
  it('leaves to the environment what is not given', () => {
    expect(readCommandLine([])).toEqual({});
  });

  it('reads where to listen and what to write', () => {
    expect(readCommandLine(['--listen', '[::1]:0', '--file', 'all.log'])).toEqual({
      listen: { host: '::1', port: 0 },
      file: 'all.log',
    });
  });

  it.each([
    [['--listen', 'nowhere'], /--listen.*HOST:PORT/],
    [['--file'], /--file/],
    [['--speed', '9'], /--speed/],
    [['file.log'], /too many arguments/],
  ])('ends with 2 and a sentence for %j', (args, sentence) => {
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(readCommandLine(args)).toBe(2);
    expect(String(stderr.mock.calls[0]?.[0])).toMatch(sentence);
  });

  it('ends with 0 after its help', () => {
    const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(readCommandLine(['--help'])).toBe(0);
    expect(stdout.mock.calls.flat().join('')).toContain('LOG_COLLECTOR');
  });
});
