import { createWriteStream } from 'node:fs';
import morgan from 'morgan';
import pino from 'pino';
import pinoHttp from 'pino-http';
import winston from 'winston';
import { registerAccessLog } from '../../../dist/libs/logging/src/access-log/register-access-log.js';
import { LogFile } from '../../../dist/libs/logging/src/files/log-file.js';

/** Ways to write a line per request into a file, each as its own documentation has it. */
export const LOGGERS = {
  none: () => undefined,
  combined: (fastify, file) => ours(fastify, file, 'combined'),
  json: (fastify, file) => ours(fastify, file, 'json'),
  morgan(fastify, file) {
    const log = morgan('combined', { stream: createWriteStream(file, { flags: 'a' }) });
    fastify.addHook('onRequest', (request, reply, done) => log(request.raw, reply.raw, done));
  },
  'pino-http'(fastify, file) {
    const destination = pino.destination({ dest: file, sync: false, minLength: 4096 });
    const log = pinoHttp({ logger: pino(destination) });
    fastify.addHook('onRequest', (request, reply, done) => {
      log(request.raw, reply.raw);
      done();
    });
  },
  winston(fastify, file) {
    const logger = winston.createLogger({
      format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
      transports: [new winston.transports.File({ filename: file })],
    });
    fastify.addHook('onResponse', (request, reply, done) => {
      const { method, url, ip } = request;
      const userAgent = request.headers['user-agent'];
      const bytes = reply.getHeader('content-length');
      logger.info('answered', { method, url, ip, status: reply.statusCode, bytes, userAgent });
      done();
    });
  },
};

function ours(fastify, path, format) {
  const file = new LogFile(path);
  registerAccessLog(fastify, { format, write: (line) => file.write(line, 'droppable') });
}
