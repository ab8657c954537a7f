import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import {
  RESPONSE_CACHE_OPTIONS,
  resolveResponseCacheOptions,
  type ResponseCacheOptions,
} from './response-cache-options.js';
import { ResponseCache } from './response-cache.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<ResponseCacheOptions>(
  { moduleName: 'ResponseCache' },
)
  .setClassMethodName('forRoot')
  .setExtras({}, (definition) => ({ ...definition, global: true }))
  .build();

/** Answers the routes that are marked `@CachedResponse()` from memory. To be imported once; it is global. */
@Module({
  providers: [
    {
      provide: RESPONSE_CACHE_OPTIONS,
      useFactory: resolveResponseCacheOptions,
      inject: [MODULE_OPTIONS_TOKEN],
    },
    ResponseCache,
  ],
  exports: [ResponseCache],
})
export class ResponseCacheModule extends ConfigurableModuleClass {}
