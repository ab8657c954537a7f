import type { FastifyInstance, RouteOptions } from 'fastify';
import createRouter, { type HTTPMethod } from 'find-my-way';

type RouteMethods = (path: string) => readonly string[];

const BY_SERVER = new WeakMap<object, RouteMethods>();

export interface ProblemResponsesOptions {
  /** Routes whose existence no answer may betray: their paths stay a 404 for other methods. @default none */
  readonly isHidden?: (route: RouteOptions) => boolean;
}

/**
 * Notes every route of the server, so that a known path asked with another method is answered 405 with `Allow`.
 * To be called before routes are registered; without it such a request is a 404.
 */
export function registerProblemResponses(
  fastify: FastifyInstance,
  { isHidden = () => false }: ProblemResponsesOptions = {},
): void {
  const {
    caseSensitive = true,
    ignoreTrailingSlash = false,
    ignoreDuplicateSlashes = false,
  } = routing(fastify);
  const router = createRouter({
    caseSensitive,
    ignoreTrailingSlash,
    ignoreDuplicateSlashes,
    // Fastify's own router is the judge of these.
    allowUnsafeRegex: true,
    maxParamLength: Number.MAX_SAFE_INTEGER,
  });
  const methods = new Set<HTTPMethod>();
  fastify.addHook('onRoute', (route) => {
    if (isHidden(route)) return;
    const { method, url } = route;
    for (const name of [method].flat() as HTTPMethod[]) {
      methods.add(name);
      // The same route may come twice, for two versions or hosts.
      if (!router.hasRoute(name, url)) router.on(name, url, () => undefined);
    }
  });
  BY_SERVER.set(fastify, (path) =>
    [...methods].filter((method) => serves(router.find(method, path))).toSorted(),
  );
}

/** The methods in which a path is served, sorted; none if no route matches, or if nobody noted the routes. */
export function routeMethods(fastify: object, path: string): readonly string[] {
  const methods = BY_SERVER.get(fastify)?.(path) ?? [];
  // CORS registers OPTIONS for every path there could be, which does not make the path known.
  return methods.some((method) => method !== 'OPTIONS') ? methods : [];
}

function routing({ initialConfig }: FastifyInstance) {
  return { ...initialConfig, ...initialConfig.routerOptions };
}

/** Nest passes a request with an empty parameter (`/books/`) on as not found. */
function serves(found: { params: Record<string, string | undefined> } | null): boolean {
  return (
    found !== null && Object.entries(found.params).every(([name, value]) => name === '*' || value !== '')
  );
}
