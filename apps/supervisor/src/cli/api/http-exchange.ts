import { request, type IncomingMessage } from 'node:http';
import { NotReachableError } from './errors.js';
import { addressOf, type CliEnvironment } from '../environment.js';

export interface ExchangeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * Sends one request over a connection of its own: a kept one may have been closed by the time it is used again.
 * @returns the answer as soon as its headers are there
 * @throws NotReachableError, or the reason of the signal
 */
export async function exchange(
  { host, port, token }: CliEnvironment,
  { method, path, headers, body }: ExchangeRequest,
  { signal, answerTimeoutMs }: { readonly signal: AbortSignal; readonly answerTimeoutMs: number },
): Promise<IncomingMessage> {
  const address = addressOf({ host, port });
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const sending = request({
    host,
    port,
    method,
    path,
    agent: false,
    signal,
    headers: {
      accept: 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(payload !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
      }),
      ...headers,
    },
  });
  try {
    return await new Promise<IncomingMessage>((resolve, reject) => {
      const deadline = setTimeout(() => sending.destroy(new AnswerTimeout()), answerTimeoutMs);
      sending
        .once('close', () => clearTimeout(deadline))
        .once('error', reject)
        .once('response', (response) => {
          clearTimeout(deadline);
          resolve(response);
        })
        .end(payload);
    });
  } catch (error) {
    signal.throwIfAborted();
    throw notReachable(error, address, answerTimeoutMs);
  }
}

class AnswerTimeout extends Error {}

/** Why there is no answer, and what to do. */
export function notReachable(error: unknown, address: string, answerTimeoutMs: number): NotReachableError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return new NotReachableError(sentence(error, code, address, answerTimeoutMs), { cause: error });
}

function sentence(error: unknown, code: string, address: string, answerTimeoutMs: number): string {
  if (error instanceof AnswerTimeout) {
    return `The supervisor at ${address} has not answered within ${answerTimeoutMs / 1000} s. Look at its log, or restart it.`;
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `The host of ${address} is not known (${code}). Is OPS_HOST right?`;
  }
  if (code.startsWith('HPE_')) {
    return `What answers at ${address} does not speak HTTP. Are OPS_HOST and OPS_PORT right?`;
  }
  const why = code === '' || code === 'ECONNREFUSED' ? '' : ` (${code})`;
  return `The supervisor does not answer at ${address}${why}. Is it running? \`npm start\` starts it.`;
}
