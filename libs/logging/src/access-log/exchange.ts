import type { FastifyReply, FastifyRequest } from 'fastify';

import { redactUrl } from '../lines/redact-url.js';
import { isSecretName, REDACTED } from '../lines/secret-names.js';
import { remoteUser } from './remote-user.js';

// What is known of a request and its answer, without secrets; made safe for a line only where it is put into one.

/** nginx's status for a client that was gone before its answer began; many readers of logs want a number there. */
const CLIENT_GONE = 499;

export function statusOf({ raw }: FastifyReply): number {
  return raw.headersSent ? raw.statusCode : CLIENT_GONE;
}

/** Whether the whole answer went out. */
export function isFinished({ raw }: FastifyReply): boolean {
  return raw.writableFinished;
}

export function urlOf({ originalUrl }: FastifyRequest): string {
  return redactUrl(originalUrl);
}

/** The pattern of the route; nothing where none matched. */
export function routeOf({ routeOptions }: FastifyRequest): string | undefined {
  return routeOptions.url;
}

/** A `genReqId` may return numbers, whatever the types say. */
export function idOf(request: FastifyRequest): string | undefined {
  return (request as { id?: string | number }).id?.toString();
}

export function remoteUserOf({ headers }: FastifyRequest): string | undefined {
  return remoteUser(headers.authorization);
}

export function referrerOf({ headers }: FastifyRequest): string | undefined {
  const referrer = headers.referer ?? textOf(headers['referrer']);
  return referrer === undefined ? undefined : redactUrl(referrer);
}

export function userAgentOf({ headers }: FastifyRequest): string | undefined {
  return headers['user-agent'];
}

/** @param name in lower case */
export function requestHeader({ headers }: FastifyRequest, name: string): string | undefined {
  return withoutSecrets(name, headers[name]);
}

/** @param name in lower case */
export function replyHeader(reply: FastifyReply, name: string): string | undefined {
  return reply.raw.headersSent ? withoutSecrets(name, reply.getHeader(name)) : undefined;
}

type Header = string | number | readonly string[] | undefined;

function withoutSecrets(name: string, value: Header): string | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  return isSecretName(name) ? REDACTED : redactUrl(text);
}

function textOf(value: Header): string | undefined {
  return typeof value === 'object' ? value.join(', ') : value?.toString();
}
