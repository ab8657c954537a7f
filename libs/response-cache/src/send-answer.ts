import type { FastifyReply } from 'fastify';
import { namesAndValues } from './reply-headers.js';
import type { AnswerForm, Headers, StoredAnswer } from './stored-answer.js';

/** RFC 9211: what tells a hit from an answer that was made anew. */
const HIT = ['cache-status', 'response-cache; hit'];

/** Sends a stored answer past Fastify's serialisation and `onSend` hooks; those of `onResponse` run as for any other. */
export function sendAnswer({ headers }: StoredAnswer, form: AnswerForm, reply: FastifyReply): void {
  const { raw } = reply;
  // While the answer was awaited, a drain may have ended the request.
  if (raw.headersSent || raw.destroyed) return;
  reply.hijack();
  addHeaders(reply, form.headers);
  raw.writeHead(form.status, [...headers, ...HIT, ...namesAndValues(reply.getHeaders())]);
  if (form.body === null || reply.request.method === 'HEAD') raw.end();
  else raw.end(form.body);
}

/** Gives the reply that made an answer the form that its own client is to have. @returns the payload to go on with */
export function takeForm(
  { status, headers, body }: AnswerForm,
  reply: FastifyReply,
  payload: unknown,
): unknown {
  addHeaders(reply, headers);
  if (body !== null) return body;
  reply.code(status).removeHeader('content-type').removeHeader('content-length');
  // Fastify measures the body of a HEAD answer after us, throws if there is none, and sends none in any case.
  return reply.request.method === 'HEAD' ? payload : null;
}

/** What describes the answer goes through Fastify, so that hooks such as an access log can read it. */
function addHeaders(reply: FastifyReply, headers: Headers): void {
  const varied = reply.getHeader('vary');
  reply.headers(headers);
  if (varied !== undefined && headers['vary'] !== undefined) {
    reply.header('vary', `${String(varied)}, ${headers['vary']}`);
  }
}
