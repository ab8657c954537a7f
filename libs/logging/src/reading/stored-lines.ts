import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LineSplitter } from './line-splitter.js';
import { openIfThere } from './open-file.js';
import type { ReadingOptions } from './reading-options.js';
import type { StoredFile } from './stored-file.js';

type FileReading = Pick<ReadingOptions, 'onUnreadable' | 'signal'>;

/** The lines of a file as they stand. It may be compressed or removed meanwhile: one that is open is read to its end. */
export async function* storedLines(
  file: Pick<StoredFile, 'path' | 'isCompressed'>,
  options: FileReading,
): AsyncGenerator<readonly string[], void, undefined> {
  yield* linesOf(file.path, piecesOf(file), options);
}

/** The first bytes of a file that is open and stays so. */
export async function* openLines(
  path: string,
  handle: FileHandle,
  bytes: number,
  options: FileReading,
): AsyncGenerator<readonly string[], void, undefined> {
  if (bytes === 0) return;
  const stream = handle.createReadStream({ start: 0, end: bytes - 1, autoClose: false });
  yield* linesOf(path, stream, options);
}

async function* linesOf(
  path: string,
  pieces: AsyncIterable<Buffer>,
  { onUnreadable, signal }: FileReading,
): AsyncGenerator<readonly string[], void, undefined> {
  const splitter = new LineSplitter();
  try {
    for await (const piece of pieces) {
      if (signal.aborted) return;
      yield splitter.push(piece);
    }
  } catch (error) {
    onUnreadable(`${path} cannot be read to its end: ${(error as Error).message}.`);
  }
  yield splitter.end();
}

async function* piecesOf({
  path,
  isCompressed,
}: Pick<StoredFile, 'path' | 'isCompressed'>): AsyncGenerator<Buffer, void, undefined> {
  const plain = isCompressed ? undefined : await openIfThere(path);
  const compressed = plain ? undefined : await openIfThere(`${path}.gz`);
  if (plain) yield* plain.createReadStream();
  else if (compressed) yield* gunzipped(compressed.createReadStream());
  // Otherwise it was removed, as old ones are.
}

async function* gunzipped(compressed: Readable): AsyncGenerator<Buffer, void, undefined> {
  const gunzip = createGunzip();
  compressed.once('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  try {
    yield* gunzip;
  } finally {
    compressed.destroy();
  }
}
