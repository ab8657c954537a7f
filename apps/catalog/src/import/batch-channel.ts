// oxlint-disable unicorn/require-post-message-target-origin -- these are ports of threads, not windows
import { on } from 'node:events';
import type { MessagePort, Worker } from 'node:worker_threads';
import type { ReadBatch } from './read-batch.js';

const NEXT = 'next';

/** Sends one batch for each time it is asked, as JSON: a third of the cost of a structured clone. */
export async function serveBatches(port: MessagePort, batches: AsyncGenerator<ReadBatch>): Promise<void> {
  const requests = on(port, 'message');
  for await (const _ of requests) {
    const { value, done } = await batches.next();
    port.postMessage(done ? null : JSON.stringify(value));
    if (done) return;
  }
}

/** The batches that the other side serves, one read ahead while the last is being written. @throws what the other side threw. */
export async function* receiveBatches(source: MessagePort | Worker): AsyncGenerator<ReadBatch> {
  const messages = on(source as Worker, 'message', { close: ['close', 'exit'] });
  source.postMessage(NEXT);
  for await (const [message] of messages as AsyncIterable<[string | null]>) {
    if (message === null) return;
    source.postMessage(NEXT);
    yield JSON.parse(message) as ReadBatch;
  }
  throw new Error('the reading thread ended before the files did');
}
