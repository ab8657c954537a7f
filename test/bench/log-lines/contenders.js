import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import pino from 'pino';
import winston from 'winston';
import { createLogger } from '../../../dist/libs/logging/src/index.js';

/** What a request context holds, as in libs/request-context. */
export const request = new AsyncLocalStorage();

const FILE = 'combined.log';
// Nest hands it over with each call.
const CONTEXT = 'BooksService';

/** Each makes what writes one line to the file of that name in a folder, and waits until all of them are there. */
export const CONTENDERS = {
  evernest,
  winston: winstonFile,
  pino: pinoFile,
  'pino that redacts': redactingPino,
};

function evernest(folder) {
  const logger = createLogger({ folder, stdout: 'nothing', context: () => request.getStore() });
  return {
    file: join(folder, FILE),
    write: (message, fields) =>
      fields ? logger.log(message, fields, CONTEXT) : logger.log(message, CONTEXT),
    flush: () => logger.flush(),
  };
}

function winstonFile(folder) {
  const transport = new winston.transports.File({ dirname: folder, filename: FILE });
  const logger = winston.createLogger({
    level: 'info',
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [transport],
  });
  const lines = { written: 0, logged: 0, all: new EventEmitter() };
  transport.on('logged', () => {
    lines.logged += 1;
    if (lines.logged === lines.written) lines.all.emit('logged');
  });
  return {
    file: join(folder, FILE),
    write(message, fields) {
      lines.written += 1;
      logger.info(message, { context: CONTEXT, ...request.getStore(), ...fields, pid: process.pid });
    },
    async flush() {
      if (lines.logged < lines.written) await once(lines.all, 'logged');
    },
  };
}

function pinoFile(folder, options = {}) {
  const file = join(folder, FILE);
  const destination = pino.destination({ dest: file, sync: false, minLength: 4096 });
  const logger = pino(
    {
      base: { pid: process.pid, context: CONTEXT },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'message',
      formatters: { level: (level) => ({ level }) },
      // A copy, because pino writes the fields of the call into it.
      mixin: () => ({ ...request.getStore() }),
      ...options,
    },
    destination,
  );
  return {
    file,
    write: (message, fields) => (fields ? logger.info(fields, message) : logger.info(message)),
    flush: () =>
      new Promise((resolve, reject) => destination.flush((error) => (error ? reject(error) : resolve()))),
  };
}

/** Some paths only: it knows no names at any depth, and does not look into texts. */
function redactingPino(folder) {
  const names = ['authorization', 'cookie', 'password', 'token'];
  return pinoFile(folder, { redact: [...names, ...names.map((name) => `*.${name}`)] });
}
