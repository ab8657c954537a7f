export function registerRequestContext() {}
