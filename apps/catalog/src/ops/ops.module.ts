import { Module, type DynamicModule } from '@nestjs/common';
import { LEVELLED_LOGGER, LogLevelController, type LevelledLogger } from './log-level.controller.js';
import { MetricsController } from './metrics.controller.js';
import { RecycleController } from './recycle.controller.js';

/** What operators ask of one worker, at its service door. */
@Module({})
export class OpsModule {
  static forRoot(logger: LevelledLogger): DynamicModule {
    return {
      module: OpsModule,
      controllers: [LogLevelController, MetricsController, RecycleController],
      providers: [{ provide: LEVELLED_LOGGER, useValue: logger }],
    };
  }
}
