import { parseLevels } from './parse-levels.js';

describe('parseLevels', () => {
  it.each([
    ['debug', 'debug', {}],
    ['warn,BooksService=debug', 'warn', { BooksService: 'debug' }],
    [
      ' BooksService = debug , error , LoansService=verbose ',
      'error',
      { BooksService: 'debug', LoansService: 'verbose' },
    ],
    ['BooksService=debug', 'info', { BooksService: 'debug' }],
    ['', 'info', {}],
  ])('reads %j', (text, level, contexts) => {
    const levels = parseLevels(text);
    expect(levels.level).toBe(level);
    expect(Object.fromEntries(levels.contexts)).toEqual(contexts);
  });

  it('takes the default that it is given where no general level is named', () => {
    expect(parseLevels('BooksService=debug', 'warn').level).toBe('warn');
  });

  it.each([
    ['trace', '"trace" is not a log level; use one of fatal, error, warn, info, debug, verbose.'],
    ['DEBUG', '"DEBUG" is not a log level'],
    ['info,', '"" is not a log level'],
    ['info,debug', 'names two levels, info and debug'],
    ['BooksService=loud', '"loud" is not a log level'],
    ['BooksService=', '"" is not a log level'],
    ['=debug', '"" is not the context of a logger'],
    ['A=debug=info', '"A=debug=info" is not a level of a context; write it as BooksService=debug.'],
    ['A=debug,A=info', 'names A twice'],
    [`${'x'.repeat(101)}=debug`, 'up to 100 characters'],
  ])('tells what is wrong with %j', (text, message) => {
    expect(() => parseLevels(text)).toThrow(message);
  });
});
