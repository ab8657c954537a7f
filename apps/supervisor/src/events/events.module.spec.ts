import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ProcessGuard } from '@evernest/process-guard';
import { EventStream } from './event-stream.js';
import { EventsModule } from './events.module.js';

describe('the module of events', () => {
  const leaving = new AbortController();

  @Global()
  @Module({
    providers: [{ provide: ProcessGuard, useValue: { drainSignal: leaving.signal } }],
    exports: [ProcessGuard],
  })
  class GuardModule {}

  @Module({ imports: [GuardModule, EventsModule] })
  class RootModule {}

  it('ends the streams as soon as the process begins to drain', async () => {
    const app = await NestFactory.createApplicationContext(RootModule, { logger: false });
    const client = app.get(EventStream).open();
    leaving.abort();
    expect((await client.toArray()).join('')).toMatch(/^retry: /);
    await app.close();
  });
});
