import { readAccessLogFormat, readLogSettings, type LogSettings } from './log-settings.js';

const DEFAULTS = { level: 'info', target: { files: true, stdout: false } } as const;

function readerOf(variables: Record<string, string>) {
  const wrong: string[] = [];
  const reader = {
    read<T>(name: string, fallback: T, parse: (text: string) => T | undefined): T {
      const text = variables[name];
      if (text === undefined) return fallback;
      const value = parse(text);
      if (value !== undefined) return value;
      wrong.push(name);
      return fallback;
    },
  };
  return { reader, wrong };
}

function settingsOf(variables: Record<string, string>): { settings: LogSettings; wrong: string[] } {
  const { reader, wrong } = readerOf(variables);
  return { settings: readLogSettings(reader, DEFAULTS), wrong };
}

describe('the form of the access log', () => {
  it.each([
    [undefined, 'json'],
    ['off', null],
    ['combined', 'combined'],
    [':method :url', ':method :url'],
  ])('%s means %s', (text, form) => {
    const { reader, wrong } = readerOf(text === undefined ? {} : { ACCESS_LOG: text });
    expect(readAccessLogFormat(reader)).toBe(form);
    expect(wrong).toEqual([]);
  });

  it.each(['on', ':nothing', 'combinde'])('cannot be %s', (text) => {
    const { reader, wrong } = readerOf({ ACCESS_LOG: text });
    expect(readAccessLogFormat(reader)).toBe('json');
    expect(wrong).toEqual(['ACCESS_LOG']);
  });
});

describe('the settings of the log', () => {
  it('are the defaults where nothing is set', () => {
    expect(settingsOf({}).settings).toEqual({
      levels: { level: 'info', contexts: new Map() },
      target: { files: true, stdout: false },
      udp: null,
      rotation: {},
    });
  });

  it('are what the variables say', () => {
    const { settings, wrong } = settingsOf({
      LOG_LEVEL: 'BooksService=debug',
      LOG_TARGET: 'stdout, files',
      LOG_UDP: '[::1]:9616',
      LOG_FILE_MB: '2',
      LOG_KEEP_MB: '10',
    });
    expect(wrong).toEqual([]);
    expect(settings).toEqual({
      levels: { level: 'info', contexts: new Map([['BooksService', 'debug']]) },
      target: { files: true, stdout: true },
      udp: { host: '::1', port: 9616 },
      rotation: { maxBytes: 2 * 1024 * 1024, maxTotalBytes: 10 * 1024 * 1024 },
    });
  });

  it.each([
    ['LOG_LEVEL', 'loud'],
    ['LOG_LEVEL', 'info,BooksService=loud'],
    ['LOG_TARGET', 'file'],
    ['LOG_TARGET', ','],
    ['LOG_UDP', '127.0.0.1'],
    ['LOG_FILE_MB', '0'],
    ['LOG_FILE_MB', '1.5'],
    ['LOG_KEEP_MB', '-1'],
  ])('%s cannot be %s', (name, value) => {
    const { settings, wrong } = settingsOf({ [name]: value });
    expect(wrong).toEqual([name]);
    expect(settings).toEqual(settingsOf({}).settings);
  });
});
