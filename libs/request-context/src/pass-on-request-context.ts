import { onHttpRequest } from './outgoing/http-requests.js';
import type { OutgoingRequest } from './outgoing/outgoing-request.js';
import { onUndiciRequest } from './outgoing/undici-requests.js';
import { currentRequest } from './request-context.js';

/**
 * Lets every call that is made for a request, by `fetch`, undici, `node:http` or `node:https`, carry its `X-Request-Id`
 * and, if it belongs to a trace, `traceparent` and `tracestate`, whatever host it goes to. Headers that the caller set
 * stay as they are.
 * @returns what ends it.
 */
export function passOnRequestContext(): () => void {
  const stops = [onUndiciRequest(addHeaders), onHttpRequest(addHeaders)];
  return () => {
    for (const stop of stops) stop();
  };
}

function addHeaders(outgoing: OutgoingRequest): void {
  try {
    const headers = currentRequest()?.headersToPassOn ?? [];
    const isOfOtherTrace = outgoing.has('traceparent');
    for (const [name, value] of headers) {
      if (outgoing.has(name) || (name === 'tracestate' && isOfOtherTrace)) continue;
      outgoing.add(name, value);
    }
  } catch {
    // The call is worth more than its headers.
  }
}
