/** Nobody catches it, and the request's own code waits for what will never come. */
export default function uncaughtException() {
  setImmediate(() => {
    throw new Error('broken on purpose');
  });
  return new Promise(() => undefined);
}
