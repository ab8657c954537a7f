import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { HTTP_PROBLEMS } from './http-problems.js';
import { PROBLEM_MEDIA_TYPE, problemBody } from './problem-body.js';
import type { Problem } from './problem.js';

/** How long a client may go on sending before its connection is cut, so that it can read our answer first. */
const LINGER_TIMEOUT_MS = 1000;

/** Answers what Node could not read as a request, for which there is neither request nor response. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) {
    socket.destroy();
    return;
  }
  // Ended by an earlier error; what still arrives is what the client had left to send.
  if (!socket.writable) return;
  if (hasAnswerUnderWay(socket)) {
    socket.destroy(error);
    return;
  }
  socket.end(responseText(clientProblem(error.code)));
  lingerThenClose(socket);
}

function clientProblem(code: string | undefined): Problem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return HTTP_PROBLEMS.REQUEST_TIMEOUT({ detail: 'The request did not arrive in time. Send it again.' });
    case 'HPE_HEADER_OVERFLOW':
      return HTTP_PROBLEMS.HEADERS_TOO_LARGE({
        detail: 'The URL and headers are larger than this service accepts.',
      });
    default:
      return HTTP_PROBLEMS.MALFORMED_REQUEST({
        detail: 'What was received is not a valid HTTP/1.1 request.',
      });
  }
}

function responseText(problem: Problem): string {
  const status = problem.getStatus();
  const body = JSON.stringify(problemBody(problem, '*', randomUUID()));
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}; charset=utf-8`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

function hasAnswerUnderWay(socket: Socket & { _httpMessage?: ServerResponse | null }): boolean {
  // oxlint-disable-next-line no-underscore-dangle -- Node's own handler of such errors asks this; there is no public way
  return socket._httpMessage?.headersSent ?? false;
}

/** Closing at once while bytes are unread resets the connection, and the client may lose the answer. */
function lingerThenClose(socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), LINGER_TIMEOUT_MS).unref();
  socket.once('end', () => socket.destroy());
  socket.once('close', () => clearTimeout(timer));
}
