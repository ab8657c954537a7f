import { Module, type DynamicModule } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { EventsModule } from '../events/events.module.js';
import { AccessControl } from './access-control.js';
import { DecisionsController } from './decisions.controller.js';
import { EventsController } from './events.controller.js';
import { FleetController } from './fleet.controller.js';
import { ACCESS_POLICY, resolveAccessPolicy, type HttpApiOptions } from './http-api-options.js';
import { LogLevelController } from './log-level.controller.js';
import { MetricsController } from './metrics.controller.js';
import { createValidationPipe } from './validation.pipe.js';
import { WorkersController } from './workers.controller.js';

/**
 * What the supervisor answers. Its token stands before every route of the application but health, whoever registers them;
 * its validation holds for all of them.
 */
@Module({})
export class HttpApiModule {
  /** @throws Error for an option that does not exist or cannot be, naming it */
  static forRoot(options: HttpApiOptions): DynamicModule {
    return {
      module: HttpApiModule,
      imports: [EventsModule, ...(options.imports ?? [])],
      controllers: [
        WorkersController,
        DecisionsController,
        EventsController,
        MetricsController,
        FleetController,
        LogLevelController,
      ],
      providers: [
        { provide: ACCESS_POLICY, useValue: resolveAccessPolicy(options) },
        { provide: APP_PIPE, useFactory: createValidationPipe },
        AccessControl,
      ],
    };
  }
}
