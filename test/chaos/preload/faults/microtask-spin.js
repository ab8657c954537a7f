/** Each microtask makes the next one, so the event loop never gets its turn. */
export default function microtaskSpin() {
  void Promise.resolve().then(microtaskSpin);
}
