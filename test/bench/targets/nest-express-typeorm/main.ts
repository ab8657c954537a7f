import 'reflect-metadata';
import { join } from 'node:path';
import { Logger, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import morgan from 'morgan';
import { WinstonModule } from 'nest-winston';
import { format, transports } from 'winston';
import { AppModule } from './app.module.js';

const folder = String(process.env['LOG_FOLDER']);
const logger = WinstonModule.createLogger({
  format: format.combine(format.timestamp(), format.json()),
  transports: [
    new transports.File({ filename: join(folder, 'error.log'), level: 'error' }),
    new transports.File({ filename: join(folder, 'combined.log') }),
  ],
});
// Named, because Nest would look for it beside itself, in the root's node_modules.
const app = await NestFactory.create<NestExpressApplication>(AppModule, new ExpressAdapter(), { logger });
const http = new Logger('HTTP');
app.use(morgan('combined', { stream: { write: (line) => http.log(line.trim()) } }));
app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true }));
await app.listen(Number(process.env['PORT']), '127.0.0.1');
