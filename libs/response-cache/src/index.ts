export { CachedResponse } from './cached-response.js';
export type { Freshness } from './freshness.js';
export { ResponseCacheModule } from './response-cache.module.js';
export { ResponseCache, type ResponseCacheFigures } from './response-cache.js';
export type { ResponseCacheOptions } from './response-cache-options.js';
