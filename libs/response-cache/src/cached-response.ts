import { RouteConfig } from '@nestjs/platform-fastify';
import type { RouteOptions } from 'fastify';

/** Where Nest keeps what `@RouteConfig` says. */
const CONFIG_METADATA = RouteConfig({}).KEY;
const CACHED = 'evernest.cached-response';

/**
 * Lets a handler of GET be answered from memory for as long as nothing has changed. It must answer the same to everybody
 * who asks for the same URL without authorization, for its guards and interceptors do not run then. It stands above
 * `@RouteConfig`.
 */
export function CachedResponse(): MethodDecorator {
  return (_target, _name, descriptor) => {
    const handler = descriptor.value as object & ((...args: never[]) => unknown);
    const config = Reflect.getMetadata(CONFIG_METADATA, handler) as Record<string, unknown> | undefined;
    RouteConfig({ ...config, [CACHED]: true })(handler);
  };
}

/** Whether a route, as Fastify's `onRoute` hook shows it, is one of a `@CachedResponse()`. */
export function isCachedResponse({ config }: Pick<RouteOptions, 'config'>): boolean {
  return (config as Record<string, unknown> | undefined)?.[CACHED] === true;
}
