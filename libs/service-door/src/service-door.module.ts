import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import {
  resolveServiceDoorOptions,
  SERVICE_DOOR_OPTIONS,
  type ServiceDoorOptions,
} from './service-door-options.js';
import { ServiceDoor } from './service-door.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<ServiceDoorOptions>({
  moduleName: 'ServiceDoor',
})
  .setClassMethodName('forRoot')
  .build();

/** Gives the process a door of its own, beside the port that it shares with others. To be imported once. */
@Module({
  providers: [
    {
      provide: SERVICE_DOOR_OPTIONS,
      useFactory: resolveServiceDoorOptions,
      inject: [MODULE_OPTIONS_TOKEN],
    },
    ServiceDoor,
  ],
  exports: [ServiceDoor],
})
export class ServiceDoorModule extends ConfigurableModuleClass {}
