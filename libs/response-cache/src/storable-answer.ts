import type { FastifyReply } from 'fastify';
import type { ResponseCacheOptions } from './response-cache-options.js';
import { namesAndValues, type ReplyHeaders } from './reply-headers.js';
import { StoredAnswer } from './stored-answer.js';

/** Headers of one message, or that are told anew with every form of an answer. */
const NOT_STORED = new Set([
  'connection',
  'content-length',
  'content-type',
  'date',
  'etag',
  'transfer-encoding',
  'vary',
]);
const NOT_FOR_ALL = /\b(?:no-store|private)\b/i;

/**
 * What of a reply may be answered again, if it may be: whole successes that are the same for everybody.
 * @param headersBefore those that the reply had before it was known what it answers, which belong to its request
 */
export function storableAnswer(
  reply: FastifyReply,
  payload: unknown,
  headersBefore: ReplyHeaders,
  {
    entityTagOf,
    compressFromBytes,
  }: Pick<Required<ResponseCacheOptions>, 'entityTagOf' | 'compressFromBytes'>,
): StoredAnswer | undefined {
  if (reply.statusCode !== 200 || !(typeof payload === 'string' || Buffer.isBuffer(payload)))
    return undefined;
  const headers: ReplyHeaders = reply.getHeaders();
  const type = headers['content-type'];
  if (typeof type !== 'string' || !isForAll(headers, headersBefore)) return undefined;
  const body = ownBuffer(payload);
  const isKept = ([name]: [string, unknown]) => !(name in headersBefore || NOT_STORED.has(name));
  const kept = Object.fromEntries(Object.entries(headers).filter(isKept));
  const tag = String(headers['etag'] ?? entityTagOf(body));
  return new StoredAnswer(body, type, tag, shared(namesAndValues(kept)), compressFromBytes);
}

function isForAll(headers: ReplyHeaders, headersBefore: ReplyHeaders): boolean {
  return (
    headers['set-cookie'] === undefined &&
    headers['content-encoding'] === undefined &&
    // It depends on something that we do not tell requests apart by.
    headers['vary'] === headersBefore['vary'] &&
    // What belonged to the request was changed by whoever answered it: it cannot be told to whom it belongs now.
    Object.entries(headersBefore).every(([name, value]) => headers[name] === value) &&
    !NOT_FOR_ALL.test(String(headers['cache-control'] ?? ''))
  );
}

let latest: readonly string[] = [];

/** Most answers have the same headers beside their own: those of security. */
function shared(headers: readonly string[]): readonly string[] {
  const isLatest = headers.length === latest.length && headers.every((part, index) => part === latest[index]);
  return isLatest ? latest : (latest = headers);
}

/** A small buffer of `Buffer.from` is a piece of a larger one, which would stay in memory as long as the piece. */
function ownBuffer(payload: string | Buffer): Buffer {
  const buffer = Buffer.allocUnsafeSlow(Buffer.byteLength(payload));
  if (typeof payload === 'string') buffer.write(payload);
  else payload.copy(buffer);
  return buffer;
}
