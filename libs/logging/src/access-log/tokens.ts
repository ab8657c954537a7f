import type { FastifyReply, FastifyRequest } from 'fastify';
import { isoTime } from '../lines/iso-time.js';
import { clfDate, webDate } from './dates.js';
import {
  idOf,
  referrerOf,
  remoteUserOf,
  replyHeader,
  requestHeader,
  routeOf,
  statusOf,
  urlOf,
  userAgentOf,
} from './exchange.js';
import { escapeBareField, escapeField } from './field-text.js';

/** Reads one thing off an exchange, as text that is safe in a line; nothing becomes `-`. */
export type Reader = (request: FastifyRequest, reply: FastifyReply) => string | undefined;

/** Makes the reader of a token. @throws Error if the argument, what stands in the brackets, is not one it takes. */
export type Token = (argument: string | undefined) => Reader;

/** What lines tell that is not in the exchange itself. */
export interface Surroundings {
  readonly worker: number | undefined;
  readonly traceId: () => string | undefined;
  /** When the head of the answer was handed over, in ms after the request came. */
  readonly answeredAfterMs: (reply: FastifyReply) => number | undefined;
}

/** Morgan's tokens, and `id`, `route`, `worker` and `trace-id`. */
export function builtInTokens({ worker, traceId, answeredAfterMs }: Surroundings): Map<string, Token> {
  const pid = String(process.pid);
  return new Map<string, Token>([
    ['method', plain(({ method }) => method)],
    ['url', plain((request) => escapeField(urlOf(request)))],
    ['route', plain(routeOf)],
    ['id', plain((request) => escaped(idOf(request)))],
    ['trace-id', plain(() => escaped(traceId()))],
    ['worker', plain(() => worker?.toString())],
    ['pid', plain(() => pid)],
    ['status', plain((_request, reply) => String(statusOf(reply)))],
    ['http-version', plain(({ raw }) => raw.httpVersion)],
    // A proxy that is trusted with the address is trusted with its text.
    ['remote-addr', plain(({ ip }) => bare(ip))],
    ['remote-user', plain((request) => bare(remoteUserOf(request)))],
    ['referrer', plain((request) => escaped(referrerOf(request)))],
    ['user-agent', plain((request) => escaped(userAgentOf(request)))],
    ['date', dateToken],
    ['response-time', timeToken(answeredAfterMs)],
    ['total-time', timeToken(({ elapsedTime }) => elapsedTime)],
    [
      'req',
      headerToken((name) => {
        const read = requestHeader(name);
        return (request) => escaped(read(request));
      }),
    ],
    [
      'res',
      headerToken((name) => {
        const read = replyHeader(name);
        return (_request, reply) => escaped(read(reply));
      }),
    ],
  ]);
}

function plain(read: Reader): Token {
  return (argument) => {
    if (argument !== undefined) throw new Error('takes nothing in brackets');
    return read;
  };
}

function dateToken(form = 'web'): Reader {
  switch (form) {
    case 'clf':
      return () => clfDate(Date.now());
    case 'iso':
      return isoTime;
    case 'web':
      return () => webDate(Date.now());
    default:
      throw new Error('takes clf, iso or web in brackets');
  }
}

function timeToken(readMs: (reply: FastifyReply) => number | undefined): Token {
  return (digits = '3') => {
    if (!/^\d$/.test(digits)) throw new Error('takes a number of decimal places, 0 to 9, in brackets');
    const places = Number(digits);
    return (_request, reply) => readMs(reply)?.toFixed(places);
  };
}

function headerToken(readerOf: (header: string) => Reader): Token {
  return (header) => {
    if (header === undefined) throw new Error('takes the name of a header in brackets');
    return readerOf(header);
  };
}

function escaped(text: string | undefined): string | undefined {
  return text === undefined ? undefined : escapeField(text);
}

function bare(text: string | undefined): string | undefined {
  return text === undefined ? undefined : escapeBareField(text);
}
