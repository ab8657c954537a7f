import { Worker } from 'node:worker_threads';
import { receiveBatches } from './batch-channel.js';
import type { ReadBatch } from './read-batch.js';

/** Young objects live for a batch; room for one saves most of the collector's copying. */
const YOUNG_GENERATION_MB = 64;

/** Reads the files in a thread of its own, so that parsing does not wait for the database, nor it for parsing. */
export async function* startReading(files: readonly string[], batchRows: number): AsyncGenerator<ReadBatch> {
  const thread = new Worker(new URL('./read-thread.js', import.meta.url), {
    workerData: { files, batchRows },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  try {
    yield* receiveBatches(thread);
  } finally {
    await thread.terminate();
  }
}
