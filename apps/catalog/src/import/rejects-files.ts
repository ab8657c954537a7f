import { open, realpath, rm, type FileHandle } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { RejectedRow } from './read-batch.js';
import { REJECT_COLUMNS } from './reject-columns.js';

interface OutputFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/**
 * The rejected rows as CSV, with their own columns and three more that say why: to be mended and imported again.
 * Rows under another header go to a file beside the first (`rejects-2.csv`), since one file has one header.
 */
export class RejectsFiles {
  readonly #byHeader = new Map<string, OutputFile>();
  #count = 1;

  private constructor(
    private readonly first: OutputFile,
    private readonly inputs: ReadonlySet<string>,
  ) {}

  /** @throws Error when the file cannot be written, or is one of those that are to be read. */
  static async create(path: string, inputs: readonly string[]): Promise<RejectsFiles> {
    const inputPaths = new Set(await Promise.all(inputs.map(realPathOf)));
    if (inputPaths.has(await realPathOf(path))) {
      throw new Error(`${path} is one of the files to read; name another for the rejects`);
    }
    return new RejectsFiles({ path, handle: await open(path, 'w') }, inputPaths);
  }

  get paths(): string[] {
    return [...this.#byHeader.values()].map(({ path }) => path);
  }

  async write(rows: readonly RejectedRow[]): Promise<void> {
    for (const row of rows) {
      const { handle } = await this.#fileFor(row.header);
      await handle.write(toCsv([...own(row.fields, row.header), String(row.line), row.column, row.reason]));
    }
  }

  /** Closes the files, and removes the first if it stayed empty. */
  async close(): Promise<void> {
    for (const { handle } of new Set([this.first, ...this.#byHeader.values()])) await handle.close();
    if (this.#byHeader.size === 0) await rm(this.first.path);
  }

  async #fileFor(header: readonly string[]): Promise<OutputFile> {
    const key = JSON.stringify(header);
    const known = this.#byHeader.get(key);
    if (known) return known;
    const file = this.#byHeader.size === 0 ? this.first : await this.#openNext();
    this.#byHeader.set(key, file);
    await file.handle.write(toCsv([...own(header, header), ...REJECT_COLUMNS]));
    return file;
  }

  async #openNext(): Promise<OutputFile> {
    const { dir, name, ext } = parse(this.first.path);
    this.#count++;
    const path = join(dir, `${name}-${this.#count}${ext}`);
    if (this.inputs.has(await realPathOf(path))) return this.#openNext();
    return { path, handle: await open(path, 'w') };
  }
}

/** Without the columns of an earlier round of rejects. */
function own(values: readonly string[], header: readonly string[]): string[] {
  return values.filter((_, place) => !REJECT_COLUMNS.includes(header[place] ?? ''));
}

function toCsv(values: readonly string[]): string {
  return stringify([values], { quoted_match: /[\r\n]/ });
}

/** Where a path leads; itself when there is nothing yet. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}
