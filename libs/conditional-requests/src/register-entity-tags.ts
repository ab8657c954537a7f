import type { FastifyInstance, FastifyReply } from 'fastify';
import { entityTagOf } from './entity-tag-of.js';
import { ifNoneMatchHas } from './if-none-match.js';

/** Media types whose answers are small and whole: JSON in all its dialects, and pages. */
const TAGGED_TYPE = /^(?:application\/(?:[\w.+-]+\+)?json|text\/html)\s*(?:;|$)/i;

/**
 * Gives the answers to reads an `ETag`, and answers 304 without a body to whoever has the answer already
 * (`If-None-Match`). Streams, other types than JSON and HTML, and answers that are not to be stored are left alone.
 *
 * To be called before plugins that change the body, such as compression, so that the tag is that of the plain body.
 */
export function registerEntityTags(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || !isTagged(reply, payload)) {
      done(null, payload);
      return;
    }
    const tag = String(reply.getHeader('etag') ?? entityTagOf(payload));
    reply.header('etag', tag);
    if (!ifNoneMatchHas(request.headers['if-none-match'], tag)) {
      done(null, payload);
      return;
    }
    reply.code(304).removeHeader('content-type').removeHeader('content-length');
    // Fastify measures the body of a HEAD answer after us, throws if there is none, and sends none in any case.
    done(null, request.method === 'HEAD' ? payload : null);
  });
}

function isTagged(reply: FastifyReply, payload: unknown): payload is string | Buffer {
  if (reply.statusCode !== 200 || !(typeof payload === 'string' || Buffer.isBuffer(payload))) return false;
  if (/\bno-store\b/i.test(String(reply.getHeader('cache-control') ?? ''))) return false;
  return TAGGED_TYPE.test(String(reply.getHeader('content-type') ?? ''));
}
