import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Probes carry no token, and what they are told is no secret. */
const OPEN_TO_ALL = /^\/health(?:[/?#]|$)/;

/** Lets a request pass, or answers it. @returns whether it may pass. */
export type TokenCheck = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Asks for the token on everything but health. */
export function tokenCheck(token: string): TokenCheck {
  const expected = digest(token);
  return (request, response) => {
    if (OPEN_TO_ALL.test(request.url ?? '')) return true;
    const [, given] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
    // Digests have one length, so the time that this takes tells nothing.
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return true;
    refuse(request, response, given === undefined);
    return false;
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, isMissing: boolean): void {
  const body = JSON.stringify({
    type: 'urn:evernest:problem:TOKEN_REQUIRED',
    title: 'A bearer token is required',
    status: 401,
    detail: isMissing
      ? 'Send the token of the service door as "Authorization: Bearer <token>".'
      : 'The bearer token is not that of the service door.',
    instance: (request.url ?? '/').replace(/[?#].*$/s, ''),
    code: 'TOKEN_REQUIRED',
    requestId: randomUUID(),
  });
  response.writeHead(401, {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'www-authenticate': 'Bearer realm="service door"',
    // A body that nobody will read may be on its way.
    connection: 'close',
  });
  response.end(body);
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
