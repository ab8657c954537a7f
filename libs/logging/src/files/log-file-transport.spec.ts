import { setImmediate as nextTurn } from 'node:timers/promises';
import winston from 'winston';
import type { LogFile } from './log-file.js';
import { LogFileTransport } from './log-file-transport.js';

describe('LogFileTransport', () => {
  function loggerTo(...transports: [level: string | undefined, written: unknown[][]][]): winston.Logger {
    return winston.createLogger({
      levels: { fatal: 0, error: 1, warn: 2, info: 3 },
      level: 'info',
      format: winston.format.printf(({ message }) => `formatted ${String(message)}`),
      transports: transports.map(([level, written]) => {
        const file = { write: (...line: unknown[]) => void written.push(line) } as unknown as LogFile;
        return new LogFileTransport(file, level === undefined ? {} : { level });
      }),
    });
  }

  it('writes formatted lines, those of level warn and graver as important ones', async () => {
    const written: unknown[][] = [];
    const logger = loggerTo([undefined, written]);
    for (const level of ['fatal', 'error', 'warn', 'info']) logger.log(level, level);
    await nextTurn();
    expect(written).toEqual([
      ['formatted fatal\n', 'important'],
      ['formatted error\n', 'important'],
      ['formatted warn\n', 'important'],
      ['formatted info\n', 'droppable'],
    ]);
  });

  it('writes only lines of its level and graver ones', async () => {
    const all: unknown[][] = [];
    const errors: unknown[][] = [];
    const logger = loggerTo([undefined, all], ['error', errors]);
    for (const level of ['fatal', 'error', 'warn']) logger.log(level, level);
    await nextTurn();
    expect(all).toHaveLength(3);
    expect(errors.map(([line]) => line)).toEqual(['formatted fatal\n', 'formatted error\n']);
  });
});
