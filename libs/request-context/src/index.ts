export { passOnRequestContext } from './pass-on-request-context.js';
export { registerRequestContext } from './register-request-context.js';
export {
  currentRequest,
  currentRequestFields,
  type RequestContext,
  type RequestFields,
} from './request-context.js';
export { requestIdFrom } from './request-id.js';
