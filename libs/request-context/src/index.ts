export { currentRequest, type RequestContext } from './request-context.js';
export { registerRequestContext } from './register-request-context.js';
export { requestIdFrom } from './request-id.js';
