import { Module, type DynamicModule } from '@nestjs/common';
import { LogLevels, type NestLogger } from '@evernest/logging';
import { LogLevelController } from './log-level.controller.js';
import { MetricsController } from './metrics.controller.js';
import { RecycleController } from './recycle.controller.js';

/** What operators ask of one worker, at its service door. */
@Module({})
export class OpsModule {
  static forRoot({ levels }: Pick<NestLogger, 'levels'>): DynamicModule {
    return {
      module: OpsModule,
      controllers: [LogLevelController, MetricsController, RecycleController],
      providers: [{ provide: LogLevels, useValue: levels }],
    };
  }
}
