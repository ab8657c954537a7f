import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

const PRIVATE_FILE = 0o600;

/**
 * Writes a file whole or not at all, also if the power fails.
 * @throws Error of the file system.
 */
export function writeWholeFile(file: string, text: string): void {
  const unfinished = `${file}.tmp`;
  try {
    writeDurably(unfinished, text);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** A disk that is nearly full takes a part and says no only to the rest. @throws Error of the file system. */
export function writeFully(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

function writeDurably(file: string, text: string): void {
  const descriptor = openSync(file, 'w', PRIVATE_FILE);
  try {
    writeFully(descriptor, Buffer.from(text));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
