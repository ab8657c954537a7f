import { Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ProcessGuardModule, type ProcessGuardOptions } from '@evernest/process-guard';
import { FaultsController } from './faults.controller.js';
import { HealthController } from './health.controller.js';
import { StreamsController } from './streams.controller.js';
import { WorkController } from './work.controller.js';

/** What the tests set differently from the defaults. */
const OPTIONS = JSON.parse(process.env['GUARD_OPTIONS'] ?? '{}') as Partial<ProcessGuardOptions>;

/** Tells the tests when Nest closes it, and fails as the test wishes while it starts. */
class Resource implements OnModuleInit, OnApplicationShutdown {
  onModuleInit(): void {
    switch (process.env['FAIL_AT_START']) {
      case 'throw':
        throw new Error('the resource is not there', { cause: new Error('no route to it') });
      case 'timer':
        setTimeout(() => {
          throw new Error('a timer broke during the start');
        }, 0);
        break;
      case 'promise':
        void Promise.reject(new Error('a promise broke during the start'));
        break;
      case undefined:
        break;
    }
  }

  onApplicationShutdown(): Promise<void> | void {
    process.send?.('resource closed');
    if (process.env['HANG_AT_CLOSE']) return new Promise(() => undefined);
  }
}

@Module({
  imports: [ProcessGuardModule.forRoot(OPTIONS)],
  controllers: [FaultsController, HealthController, StreamsController, WorkController],
  providers: [Resource],
})
export class AppModule {}
