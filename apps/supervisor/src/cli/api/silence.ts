import type { Readable } from 'node:stream';

/** The pieces of a stream until it ends, breaks off, or says nothing for too long; then it is closed. */
export async function* withinSilence(
  stream: Readable,
  silenceMs: number,
): AsyncGenerator<string, void, undefined> {
  let timer = setTimeout(() => stream.destroy(), silenceMs);
  try {
    for await (const piece of stream) {
      clearTimeout(timer);
      yield String(piece);
      timer = setTimeout(() => stream.destroy(), silenceMs);
    }
  } catch {
    // A connection that breaks off has ended.
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
}
