import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import pino from 'pino';
import SonicBoom from 'sonic-boom';
import winston from 'winston';
import { createLogger } from '../../../dist/libs/logging/src/index.js';

/** What a request context holds, as in libs/request-context. */
export const request = new AsyncLocalStorage();

/** Each makes, for a file, a function that writes one line and one that waits until all of them are in the file. */
export const CONTENDERS = {
  evernest,
  winston: winstonFile,
  pino: pinoFile,
  'pino with redact': pinoRedacting,
};

const REDACTED_PATHS = ['authorization', 'cookie', 'password', 'token', '*.authorization', '*.password'];

function evernest(file) {
  const destination = new SonicBoom({ dest: file, sync: false, minLength: 4096 });
  const stream = new Writable({
    decodeStrings: false,
    write(line, _encoding, done) {
      destination.write(line);
      done();
    },
  });
  const logger = createLogger({ level: 'info', format: 'json', context: () => request.getStore(), stream });
  return {
    write: (message, fields) =>
      fields ? logger.log(message, fields, 'BooksService') : logger.log(message, 'BooksService'),
    flush: async () => {
      await logger.flush();
      await flushed(destination);
    },
  };
}

function winstonFile(file) {
  const transport = new winston.transports.File({ filename: file });
  const logger = winston.createLogger({
    level: 'info',
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [transport],
  });
  let written = 0;
  let logged = 0;
  transport.on('logged', () => (logged += 1));
  return {
    write(message, fields) {
      written += 1;
      logger.info(message, { context: 'BooksService', ...request.getStore(), ...fields, pid: process.pid });
    },
    async flush() {
      while (logged < written) await once(transport, 'logged');
    },
  };
}

function pinoFile(file, options = {}) {
  const destination = pino.destination({ dest: file, sync: false, minLength: 4096 });
  const logger = pino(
    {
      base: { pid: process.pid, context: 'BooksService' },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'message',
      formatters: { level: (level) => ({ level }) },
      mixin: () => request.getStore(),
      ...options,
    },
    destination,
  );
  return {
    write: (message, fields) => (fields ? logger.info(fields, message) : logger.info(message)),
    flush: () => flushed(destination),
  };
}

function pinoRedacting(file) {
  return pinoFile(file, { redact: REDACTED_PATHS });
}

async function flushed(destination) {
  await new Promise((resolve, reject) => destination.flush((error) => (error ? reject(error) : resolve())));
}
