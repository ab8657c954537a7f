import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { isServiceDoorOnly } from '@evernest/service-door';
import type { FastifyRequest } from 'fastify';
import { REQUEST_PROBLEMS } from './http.problems.js';

/** Who may write. */
export interface WritePolicy {
  readonly tokens: readonly string[];
  /** Whether writes are allowed to everybody when there are no tokens. */
  readonly openWithoutTokens: boolean;
}

export const WRITE_POLICY = Symbol('WRITE_POLICY');

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Asks for one of the `WRITE_TOKENS` on every request that is not a read, unless the service door has let it in. */
@Injectable()
export class WriteTokenGuard implements CanActivate {
  readonly #digests: readonly Buffer[];
  readonly #openWithoutTokens: boolean;

  constructor(@Inject(WRITE_POLICY) policy: WritePolicy) {
    this.#digests = policy.tokens.map(digest);
    this.#openWithoutTokens = policy.openWithoutTokens;
  }

  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (READS.has(request.method) || isServiceDoorOnly(context.getHandler())) return true;
    if (this.#digests.length === 0) return this.#withoutTokens();
    const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token && this.#isKnown(token)) return true;
    throw REQUEST_PROBLEMS.TOKEN_REQUIRED({
      detail: token
        ? 'The bearer token is not one of WRITE_TOKENS.'
        : 'Send one of WRITE_TOKENS as "Authorization: Bearer <token>".',
      headers: { 'WWW-Authenticate': 'Bearer realm="catalogue"' },
    });
  }

  #withoutTokens(): true {
    if (this.#openWithoutTokens) return true;
    throw REQUEST_PROBLEMS.WRITES_DISABLED({
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

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
