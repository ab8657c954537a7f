import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { Database } from './database.js';
import { resolveDatabaseOptions, type DatabaseOptions } from './database-options.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<
  Pick<DatabaseOptions, 'url'> & Partial<DatabaseOptions>
>({ moduleName: 'Database' })
  .setClassMethodName('forRoot')
  .setExtras({}, (definition) => ({ ...definition, global: true }))
  .build();

/** Provides one {@link Database} to the whole application. */
@Module({
  providers: [
    {
      provide: Database,
      useFactory: (options: DatabaseOptions) => new Database(resolveDatabaseOptions(options)),
      inject: [MODULE_OPTIONS_TOKEN],
    },
  ],
  exports: [Database],
})
export class DatabaseModule extends ConfigurableModuleClass {}
