import { parentPort, workerData } from 'node:worker_threads';
import { serveBatches } from './batch-channel.js';
import { readCatalogues } from './read-catalogues.js';

/** The thread that reads while the main thread writes: what it is told, see start-reading.ts. */
const { files, batchRows } = workerData as { readonly files: readonly string[]; readonly batchRows: number };
if (parentPort) await serveBatches(parentPort, readCatalogues(files, batchRows));
