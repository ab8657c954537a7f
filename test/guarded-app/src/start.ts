import { setTimeout as delay } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';

export async function start(): Promise<void> {
  const adapter = new FastifyAdapter();
  addSlowHook(adapter, Number(process.env['SLOW_HOOK_MS'] ?? 0));
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, adapter, {
    abortOnError: false,
  });
  await app.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1');
  process.on('message', (message) => {
    if (message === 'close') void app.close().then(() => process.send?.('closed'));
  });
  process.send?.({ listening: await app.getUrl() });
  process.send?.('ready');
}

/** As if an application asked somebody about each request before anything else. */
function addSlowHook(adapter: FastifyAdapter, ms: number): void {
  if (ms === 0) return;
  adapter.getInstance().addHook('onRequest', async () => {
    process.send?.('the hook has begun');
    await delay(ms);
    process.send?.('the hook is over');
  });
}
