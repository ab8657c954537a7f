import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** Everything from here; the API page sets styles inline, and plain HTTP on a developer's machine must stay so. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  upgradeInsecureRequests: null,
};

/** Gives every answer Helmet's headers; one that a handler has set stays as it is. */
export function registerSecurityHeaders(fastify: FastifyInstance): void {
  const headers = securityHeaders();
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    for (const [name, value] of headers) if (!reply.hasHeader(name)) reply.header(name, value);
    done(null, payload);
  });
}

/** Helmet is asked once, with a response that nobody sends: what it sets does not depend on the request. */
function securityHeaders(): [string, string][] {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  helmet({ contentSecurityPolicy: { directives: CONTENT_SECURITY_POLICY } })(
    response.req,
    response,
    () => {},
  );
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}
