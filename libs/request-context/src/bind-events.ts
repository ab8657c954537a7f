import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestStorage, type RequestContext } from './request-context.js';

const CONTEXT = Symbol('evernest.request-context');
const EMIT = Symbol('evernest.request-context.emit');

type Emitter = IncomingMessage | ServerResponse;
type Emit = (...args: unknown[]) => boolean;
type BoundEmitter = Emitter & { [CONTEXT]: RequestContext; [EMIT]: Emit };

/**
 * Lets the listeners of a request or response run in its context. Node emits what comes from the connection, such as the
 * chunks of a body or that the client has left, in the context of the connection, which belongs to no request.
 */
export function bindEvents(emitter: Emitter, context: RequestContext): void {
  // Bound twice, its emit would call itself for ever.
  if (EMIT in emitter) return;
  const bound = emitter as BoundEmitter;
  bound[CONTEXT] = context;
  bound[EMIT] = bound.emit as Emit;
  bound.emit = emitInContext;
}

// One function for all of them: a closure for each request would cost more than the rest.
function emitInContext(this: BoundEmitter, ...args: unknown[]): boolean {
  return requestStorage.run(this[CONTEXT], callEmit, this, args);
}

function callEmit(emitter: BoundEmitter, args: unknown[]): boolean {
  return emitter[EMIT](...args);
}
