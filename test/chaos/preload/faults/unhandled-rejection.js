/** Nobody waits for it, and the request's own code waits for what will never come. */
export default function unhandledRejection() {
  void Promise.reject(new Error('broken on purpose'));
  return new Promise(() => undefined);
}
