import { createReadStream } from 'node:fs';
import { BatchBuilder } from './batch-builder.js';
import { CatalogueFile } from './catalogue-file.js';
import { UnknownFormatError } from './catalogue-format.js';
import { readCsvRows } from './csv-rows.js';
import type { FileProblem, ReadBatch } from './read-batch.js';
import { isSystemError } from './system-error.js';

const CHUNK_BYTES = 256 * 1024;

/** Reads the files one after another as one stream: a batch of `batchRows` rows may span files. */
export async function* readCatalogues(
  files: readonly string[],
  batchRows: number,
): AsyncGenerator<ReadBatch> {
  const batch = new BatchBuilder();
  for (const name of files) {
    const file = new CatalogueFile(name, batch);
    try {
      for await (const rows of readCsvRows(readChunks(name, batch))) {
        for (const row of rows) {
          file.take(row);
          if (batch.rows >= batchRows) yield batch.take();
        }
      }
      file.end();
    } catch (error) {
      batch.report(toProblem(name, error));
    }
  }
  yield batch.take();
}

async function* readChunks(file: string, batch: BatchBuilder): AsyncGenerator<Buffer> {
  const chunks: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  for await (const chunk of chunks) {
    batch.bytesRead += chunk.length;
    yield chunk;
  }
}

/** What ends the reading of one file; the others are read all the same. */
function toProblem(file: string, error: unknown): FileProblem {
  if (error instanceof UnknownFormatError) return { file, kind: 'unknown-format', message: error.message };
  if (isSystemError(error)) return { file, kind: 'unreadable', message: `cannot be read: ${error.message}` };
  throw error;
}
