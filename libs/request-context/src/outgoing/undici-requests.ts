import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { OutgoingRequest } from './outgoing-request.js';

const CHANNEL = 'undici:request:create';

/** What undici tells of a request, as far as it is used here; the headers are names and values in turn. */
interface UndiciRequest {
  readonly headers: readonly unknown[];
  addHeader(name: string, value: string): unknown;
}

/** Visits what `fetch` and undici ask, that of Node as well as the package. @returns what ends it */
export function onUndiciRequest(visit: (request: OutgoingRequest) => void): () => void {
  const onCreate = (message: unknown) => visit(outgoing((message as { request: UndiciRequest }).request));
  subscribe(CHANNEL, onCreate);
  return () => void unsubscribe(CHANNEL, onCreate);
}

function outgoing(request: UndiciRequest): OutgoingRequest {
  return {
    has: (wanted) =>
      request.headers.some((name, at) => at % 2 === 0 && String(name).toLowerCase() === wanted),
    add: (name, value) => request.addHeader(name, value),
  };
}
