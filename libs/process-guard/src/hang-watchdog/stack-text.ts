import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CallFrame } from './call-frames.js';
import type { SourcePositions } from './source-positions.js';

/** The stack as Node writes one, with TypeScript positions where there is a source map. */
export function stackText(frames: readonly CallFrame[], positions: SourcePositions): string {
  return frames.map((frame) => `    at ${frameText(frame, positions)}`).join('\n');
}

/** `BooksService.findAll (libs/books/src/books.ts:12:3)`, the file from the working directory if it is below it. */
export function frameText(
  { functionName, file, line, column }: CallFrame,
  positions: SourcePositions,
): string {
  const place =
    file === null ? '<anonymous>' : placeText(positions.originOf({ file: path(file), line, column }));
  return functionName ? `${functionName} (${place})` : place;
}

/** The call of the program's own code that is nearest to where it stands; a package's or Node's if there is none. */
export function culprit(frames: readonly CallFrame[]): CallFrame | undefined {
  return frames.find(isOwnCode) ?? frames.find(isNotNodes) ?? frames[0];
}

function isOwnCode(frame: CallFrame): boolean {
  return isNotNodes(frame) && !frame.file?.includes('/node_modules/');
}

/** Code that was loaded from a file or evaluated, rather than built in. */
export function isNotNodes({ file }: CallFrame): boolean {
  return file !== null && !file.startsWith('node:');
}

function placeText({ file, line, column }: { file: string; line: number; column: number }): string {
  const fromHere = isAbsolute(file) ? relative(process.cwd(), file) : file;
  return `${fromHere.startsWith('..') ? file : fromHere || '<anonymous>'}:${line}:${column}`;
}

function path(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : file;
}
