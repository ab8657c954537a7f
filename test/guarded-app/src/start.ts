import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';

export async function start(): Promise<void> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
    abortOnError: false,
  });
  await app.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1');
  process.send?.({ listening: await app.getUrl() });
  process.send?.('ready');
}
