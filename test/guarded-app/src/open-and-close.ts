import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';

const EVENTS = ['SIGINT', 'SIGTERM', 'message', 'uncaughtException', 'unhandledRejection', 'warning', 'exit'];

/** Opens the application and closes it again, some times, and says what is there before and after. It ends by itself. */
const before = inventory();
for (let time = 0; time < 3; time += 1) {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
    logger: false,
  });
  await app.listen(0, '127.0.0.1');
  await fetch(`${await app.getUrl()}/quick`, { headers: { connection: 'close' } });
  if (time === 0) process.send?.({ before, open: inventory() });
  await app.close();
}
// The thread of the hang watchdog and fetch's connections are told to end, and take a turn or two to do so.
for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
process.send?.({ after: inventory() });

function inventory() {
  const resources: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  return {
    listeners: Object.fromEntries(EVENTS.map((event) => [event, process.listenerCount(event)])),
    resources,
  };
}
