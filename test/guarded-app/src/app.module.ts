import { Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { ProcessGuardModule, type ProcessGuardOptions } from '@evernest/process-guard';
import { FaultsController } from './faults.controller.js';
import { HealthController } from './health.controller.js';
import { LeaksController } from './leaks.controller.js';
import { StreamsController } from './streams.controller.js';
import { WorkController } from './work.controller.js';

/** What the tests set differently from the defaults. */
const OPTIONS: Partial<ProcessGuardOptions> = {
  pmId: process.env['pm_id'] === undefined ? null : Number(process.env['pm_id']),
  ...JSON.parse(process.env['GUARD_OPTIONS'] ?? '{}'),
};

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
  imports: [ProcessGuardModule.forRoot(OPTIONS), TerminusModule.forRoot({ logger: false })],
  controllers: [FaultsController, HealthController, LeaksController, StreamsController, WorkController],
  providers: [Resource],
})
export class AppModule {}
