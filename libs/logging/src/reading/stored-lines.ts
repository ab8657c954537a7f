import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LineSplitter } from './line-splitter.js';
import { openIfThere } from './open-file.js';
import type { StoredFile } from './stored-file.js';

/** Told what could not be read; reading goes on without it. */
export type OnUnreadable = (message: string) => void;

/** The lines of a file as they stand. It may be compressed or removed meanwhile: one that is open is read to its end. */
export async function* storedLines(
  file: Pick<StoredFile, 'path' | 'isCompressed'>,
  onUnreadable: OnUnreadable,
): AsyncGenerator<readonly string[], void, undefined> {
  yield* linesOf(file.path, piecesOf(file), onUnreadable);
}

/** The first bytes of a file that is open and stays so. */
export async function* openLines(
  path: string,
  handle: FileHandle,
  bytes: number,
  onUnreadable: OnUnreadable,
): AsyncGenerator<readonly string[], void, undefined> {
  if (bytes === 0) return;
  const stream = handle.createReadStream({ start: 0, end: bytes - 1, autoClose: false });
  yield* linesOf(path, stream, onUnreadable);
}

async function* linesOf(
  path: string,
  pieces: AsyncIterable<Buffer>,
  onUnreadable: OnUnreadable,
): AsyncGenerator<readonly string[], void, undefined> {
  const splitter = new LineSplitter();
  try {
    for await (const piece of pieces) yield splitter.push(piece);
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
