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

/** The length of the body as announced; an answer of unknown length announces none. */
export function contentLengthOf(reply: FastifyReply): string | undefined {
  return reply.raw.headersSent ? textOf(reply.getHeader('content-length')) : undefined;
}

/** Reads a header of requests, or what to show in place of a secret one. */
export function requestHeader(name: string): (request: FastifyRequest) => string | undefined {
  const key = name.toLowerCase();
  const show = shownAs(key);
  return ({ headers }) => show(headers[key]);
}

/** The same for a header of replies. */
export function replyHeader(name: string): (reply: FastifyReply) => string | undefined {
  const key = name.toLowerCase();
  if (key === 'content-length') return contentLengthOf;
  const show = shownAs(key);
  return (reply) => (reply.raw.headersSent ? show(reply.getHeader(key)) : undefined);
}

type Header = string | number | readonly string[] | undefined;

function shownAs(name: string): (value: Header) => string | undefined {
  if (isSecretName(name)) return (value) => (value === undefined ? undefined : REDACTED);
  return (value) => {
    const text = textOf(value);
    return text === undefined ? undefined : redactUrl(text);
  };
}

function textOf(value: Header): string | undefined {
  return typeof value === 'object' ? value.join(', ') : value?.toString();
}
