import type { FastifyReply } from 'fastify';
import { isoTime } from '../lines/iso-time.js';
import type { Format } from './compile-format.js';
import { readCustomToken, type CustomToken } from './custom-token.js';
import {
  contentLengthOf,
  idOf,
  isFinished,
  referrerOf,
  routeOf,
  statusOf,
  urlOf,
  userAgentOf,
} from './exchange.js';
import { quote } from './field-text.js';
import type { Surroundings } from './tokens.js';

/** What the JSON form has of its own, so that no token may be called so. */
export const JSON_FIELDS = [
  'time',
  'requestId',
  'traceId',
  'method',
  'url',
  'route',
  'status',
  'bytes',
  'durationMs',
  'aborted',
  'remoteAddress',
  'referrer',
  'userAgent',
  'pid',
  'worker',
];

/**
 * An object per line, put together by hand, which takes a third of what `JSON.stringify` does. What is not known is left
 * out; `aborted` stands only where the answer did not go out whole.
 */
export function accessJson(
  { worker, traceId }: Surroundings,
  custom: readonly (readonly [name: string, token: CustomToken])[],
): Format {
  const end = `,"pid":${process.pid}${worker === undefined ? '' : `,"worker":${worker}`}}`;
  return (request, reply) => {
    let line = `{"time":"${isoTime()}"`;
    line += text('requestId', idOf(request));
    line += text('traceId', traceId());
    line += text('method', request.method);
    line += text('url', urlOf(request));
    line += text('route', routeOf(request));
    line += `,"status":${statusOf(reply)}`;
    line += number('bytes', bytesOf(reply));
    line += number('durationMs', durationMsOf(reply));
    if (!isFinished(reply)) line += ',"aborted":true';
    line += text('remoteAddress', request.ip);
    line += text('referrer', referrerOf(request));
    line += text('userAgent', userAgentOf(request));
    for (const [name, token] of custom) line += text(name, readCustomToken(token, request, reply));
    return line + end;
  };
}

function text(name: string, value: string | undefined): string {
  return value === undefined ? '' : `,"${name}":${quote(value)}`;
}

function number(name: string, value: number | undefined): string {
  return value === undefined ? '' : `,"${name}":${value}`;
}

function bytesOf(reply: FastifyReply): number | undefined {
  const length = contentLengthOf(reply);
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined;
}

function durationMsOf({ elapsedTime }: FastifyReply): number | undefined {
  // One that Fastify refused before it had a request was not timed.
  return elapsedTime === undefined ? undefined : Math.round(elapsedTime * 1000) / 1000;
}
