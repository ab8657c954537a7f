import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Problem } from '@evernest/process-guard';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ACCESS_POLICY, type AccessPolicy } from './http-api-options.js';
import { OPS_PROBLEMS } from './ops.problems.js';
import { WrongTokens } from './wrong-tokens.js';

/** What probes ask is known by its route and not by its path, which can be spelt in many ways. */
const HEALTH_ROUTE = /^\/health(\/|$)/;

/**
 * Asks for the token before anything else is done for a request. A hook of the server and not a guard of Nest, so that it also
 * stands before paths that do not exist, and before the API's description.
 */
@Injectable()
export class AccessControl {
  readonly #logger = new Logger('AccessControl');
  readonly #wrongTokens = new WrongTokens();
  readonly #digest: Buffer | null;
  readonly #publicRoutes: ReadonlySet<string>;

  constructor(@Inject(ACCESS_POLICY) { opsToken, publicRoutes }: AccessPolicy, host: HttpAdapterHost) {
    this.#digest = opsToken === null ? null : digest(opsToken);
    this.#publicRoutes = publicRoutes;
    const watch = () => this.#watch(host.httpAdapter.getInstance<FastifyInstance>());
    // Nest's test module has no server yet.
    if (host.httpAdapter) watch();
    else host.init$.subscribe(watch);
  }

  #watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', async (request) => {
      const refusal = this.#isPublic(request) ? undefined : this.#refusal(request);
      if (refusal) throw refusal;
    });
  }

  #isPublic({ routeOptions: { url } }: FastifyRequest): boolean {
    return url !== undefined && (HEALTH_ROUTE.test(url) || this.#publicRoutes.has(url));
  }

  #refusal({ headers, ip }: FastifyRequest): Problem | undefined {
    if (!this.#digest) {
      return OPS_PROBLEMS.OPS_TOKEN_NOT_SET({
        detail:
          'OPS_TOKEN is not set, so nothing but health is answered. Set it in the environment of the supervisor and restart it.',
      });
    }
    const [, token] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
    if (!token) {
      return OPS_PROBLEMS.TOKEN_REQUIRED({
        detail: 'Send OPS_TOKEN as "Authorization: Bearer <token>".',
        headers: { 'WWW-Authenticate': 'Bearer realm="supervisor"' },
      });
    }
    // Digests have one length, and the time taken to compare them tells nothing.
    if (timingSafeEqual(this.#digest, digest(token))) return undefined;
    return this.#wrongToken(ip);
  }

  #wrongToken(address: string): Problem {
    const waitSeconds = this.#wrongTokens.note(address);
    if (waitSeconds === 0) {
      return OPS_PROBLEMS.TOKEN_REQUIRED({
        detail: 'The bearer token is not OPS_TOKEN.',
        headers: { 'WWW-Authenticate': 'Bearer realm="supervisor", error="invalid_token"' },
      });
    }
    this.#logger.warn({ message: 'too many wrong tokens', address });
    return OPS_PROBLEMS.TOO_MANY_WRONG_TOKENS({
      detail: `Too many wrong tokens came from ${address}. Wait ${waitSeconds} s, or send the right one.`,
      headers: { 'Retry-After': String(waitSeconds) },
    });
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
