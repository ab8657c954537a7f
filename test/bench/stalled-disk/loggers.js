import { pathToFileURL } from 'node:url';
import pino from 'pino';
import winston from 'winston';

/** Each makes a function that logs one line with those fields. */
export const LOGGERS = {
  async 'LogFile (winston)'(path, library) {
    const { LogFile } = await import(pathToFileURL(`${library}/files/log-file.js`).href);
    const { LogFileTransport } = await import(pathToFileURL(`${library}/files/log-file-transport.js`).href);
    return winstonWith(new LogFileTransport(new LogFile(path)));
  },
  'winston File': (path) => winstonWith(new winston.transports.File({ filename: path })),
  async 'winston Stream'(path) {
    const { createWriteStream } = await import('node:fs');
    return winstonWith(new winston.transports.Stream({ stream: createWriteStream(path, { flags: 'a' }) }));
  },
  'pino (sync: false)'(path) {
    const logger = pino(pino.destination({ dest: path, sync: false }));
    return (fields) => logger.info(fields, 'read a book');
  },
  'pino (sync: true)'(path) {
    const logger = pino(pino.destination({ dest: path, sync: true }));
    return (fields) => logger.info(fields, 'read a book');
  },
};

function winstonWith(transport) {
  const logger = winston.createLogger({
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [transport],
  });
  return (fields) => logger.info('read a book', fields);
}
