import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { failStart } from '@evernest/process-guard';
import { AppModule } from './app.module.js';

/** All that a service needs to be guarded: the module, and a word when its start fails. */
try {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
    abortOnError: false,
  });
  await app.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1');
  process.send?.({ listening: await app.getUrl() });
  process.send?.('ready');
} catch (error) {
  await failStart(error);
}
