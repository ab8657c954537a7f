import { createHash, timingSafeEqual } from 'node:crypto';
import { isServiceDoorRoute } from '@evernest/service-door';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { REQUEST_PROBLEMS } from './http.problems.js';

/** Who may write. */
export interface WritePolicy {
  readonly tokens: readonly string[];
  /** Whether writes are allowed to everybody when there are no tokens. */
  readonly openWithoutTokens: boolean;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Asks for one of the `WRITE_TOKENS` on every request that is not a read, unless its route is served at the service door
 * alone. A hook of the routes that write, because a guard of Nest's would run, and be waited for, on every read too.
 * To be called before there are routes.
 */
export function registerWriteTokens(fastify: FastifyInstance, policy: WritePolicy): void {
  const tokens = new WriteTokens(policy);
  fastify.addHook('onRoute', (route) => {
    if (isServiceDoorRoute(route) || methodsOf(route).every((method) => READS.has(method))) return;
    route.preHandler = [
      (request, _reply, done) => done(READS.has(request.method) ? undefined : tokens.problemOf(request)),
      ...[route.preHandler ?? []].flat(),
    ];
  });
}

class WriteTokens {
  readonly #digests: readonly Buffer[];
  readonly #openWithoutTokens: boolean;

  constructor(policy: WritePolicy) {
    this.#digests = policy.tokens.map(digest);
    this.#openWithoutTokens = policy.openWithoutTokens;
  }

  problemOf({ headers }: FastifyRequest): Error | undefined {
    if (this.#digests.length === 0) return this.#withoutTokens();
    const [, token] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
    if (token && this.#isKnown(token)) return undefined;
    return REQUEST_PROBLEMS.TOKEN_REQUIRED({
      detail: token
        ? 'The bearer token is not one of WRITE_TOKENS.'
        : 'Send one of WRITE_TOKENS as "Authorization: Bearer <token>".',
      headers: { 'WWW-Authenticate': 'Bearer realm="catalogue"' },
    });
  }

  #withoutTokens(): Error | undefined {
    if (this.#openWithoutTokens) return undefined;
    return REQUEST_PROBLEMS.WRITES_DISABLED({
      detail:
        'This service runs in production without WRITE_TOKENS. Set them and restart it to allow writes.',
    });
  }

  /** Digests have one length, and all are compared, so the time taken tells nothing. */
  #isKnown(token: string): boolean {
    const given = digest(token);
    return this.#digests.filter((known) => timingSafeEqual(known, given)).length > 0;
  }
}

function methodsOf({ method }: RouteOptions): readonly string[] {
  return [method].flat();
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
