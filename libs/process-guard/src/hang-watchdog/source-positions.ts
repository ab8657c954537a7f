import { readFileSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A place in a file; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where code was written. */
export interface SourcePositions {
  /** Never fails: the position itself where there is no map that knows better. */
  originOf(position: Position): Position;
}

/** A larger map is that of a bundle; read, it takes more memory than the watchdog's thread may have. */
const MAX_MAP_BYTES = 4 * 1024 * 1024;

/** Reads the `.map` beside each file, once. Synchronous: it serves a thread that has nothing else to do. */
export class SourceMapPositions implements SourcePositions {
  private readonly maps = new Map<string, SourceMap | undefined>();

  originOf(position: Position): Position {
    try {
      return this.find(position) ?? position;
    } catch {
      return position;
    }
  }

  private find({ file, line, column }: Position): Position | undefined {
    const map = this.mapOf(file);
    const entry = map?.findEntry(line - 1, column - 1);
    if (!map || !entry || !('originalSource' in entry) || !entry.originalSource) return undefined;
    const { originalSource, originalLine, originalColumn } = entry;
    // Node's SourceMap leaves the root of the sources to its caller.
    const root = new URL(withSlash(map.payload.sourceRoot), pathToFileURL(file));
    const source = fileURLToPath(new URL(originalSource, root));
    return { file: source, line: originalLine + 1, column: originalColumn + 1 };
  }

  private mapOf(file: string): SourceMap | undefined {
    if (!this.maps.has(file)) this.maps.set(file, readMap(`${file}.map`));
    return this.maps.get(file);
  }
}

function readMap(file: string): SourceMap | undefined {
  try {
    if (statSync(file).size > MAX_MAP_BYTES) return undefined;
    return new SourceMap(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // none, or none that can be read
  }
}

function withSlash(folder: string | undefined): string {
  return !folder || folder.endsWith('/') ? (folder ?? '') : `${folder}/`;
}
