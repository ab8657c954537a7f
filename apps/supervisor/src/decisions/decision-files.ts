import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { setTextAside } from './corrupt-files.js';
import type { Decision } from './decision.js';
import { parseDecision } from './decision-line.js';
import { writeFully, writeWholeFile } from './whole-file.js';

/** `decisions.1.ndjson`, the newest of them, to `decisions.3.ndjson`. */
const KEPT_ROTATIONS = 3;
const LINE_FEED = 10;

export interface DecisionFilesOptions {
  /** The file is rotated before it would grow beyond this. */
  readonly rotateAtBytes: number;
  readonly now: () => number;
}

/** `decisions.ndjson` and those that it was before. */
export class DecisionFiles {
  private readonly logger = new Logger('DecisionLog');
  private readonly current: string;

  constructor(
    private readonly folder: string,
    private readonly options: DecisionFilesOptions,
  ) {
    this.current = join(folder, 'decisions.ndjson');
  }

  /**
   * The newest decisions, oldest first, each once. Lines that cannot be understood are moved beside their file, with one warning.
   * @throws Error of the file system, other than that there is no such file.
   */
  async newest(count: number): Promise<Decision[]> {
    const newestFirst = new Map<string, Decision>();
    for (const file of [this.current, ...this.rotations()]) {
      if (newestFirst.size >= count) break;
      for (const decision of (await this.read(file)).toReversed()) {
        if (newestFirst.size < count) newestFirst.set(decision.id, decision);
      }
    }
    return [...newestFirst.values()].toReversed();
  }

  /** Adds whole lines, or nothing. @throws Error of the file system. */
  append(lines: string): void {
    const bytes = Buffer.from(lines);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    if (!this.tryAppend(bytes)) {
      this.rotate();
      this.tryAppend(bytes);
    }
  }

  /** @returns false if the file would become too large */
  private tryAppend(bytes: Buffer): boolean {
    const descriptor = openSync(this.current, 'a+', 0o600);
    try {
      const { size } = fstatSync(descriptor);
      if (size > 0 && size + bytes.length > this.options.rotateAtBytes) return false;
      appendWhole(descriptor, size, bytes);
      return true;
    } finally {
      closeSync(descriptor);
    }
  }

  /** Moves only the files before the first gap: a supervisor that was killed halfway left one, and nothing may be pushed out twice. */
  private rotate(): void {
    const files = [this.current, ...this.rotations()];
    const gap = files.findIndex((file) => !existsSync(file));
    const moved = files.slice(0, gap === -1 ? KEPT_ROTATIONS : gap);
    for (const [index, file] of [...moved.entries()].toReversed()) renameSync(file, files[index + 1]!);
  }

  private rotations(): string[] {
    return Array.from({ length: KEPT_ROTATIONS }, (_, index) =>
      join(this.folder, `decisions.${index + 1}.ndjson`),
    );
  }

  private async read(file: string): Promise<Decision[]> {
    // Larger than anything written here, so it is somebody else's doing: its end is read, and it is left as it is.
    const { text, isWhole } = await readEnd(file, this.options.rotateAtBytes * 2);
    const lines = text.split('\n').filter((line) => line !== '');
    const decisions: Decision[] = [];
    const corrupt: string[] = [];
    for (const line of lines) {
      const decision = parseDecision(line);
      if (decision?.outcome) decisions.push(decision);
      else corrupt.push(line);
    }
    if (isWhole && corrupt.length > 0) this.repair(file, decisions, corrupt);
    return decisions;
  }

  private repair(file: string, decisions: readonly Decision[], corrupt: readonly string[]): void {
    const found = `${file}: ${corrupt.length} of ${decisions.length + corrupt.length} lines cannot be understood`;
    try {
      const aside = setTextAside(file, `${corrupt.join('\n')}\n`, this.options.now());
      writeWholeFile(file, decisions.map(decisionLine).join(''));
      this.logger.warn({ message: `${found}; they are now in ${aside}`, file, aside });
    } catch (error) {
      this.logger.warn({ message: `${found}, and they could not be moved`, file, error });
    }
  }
}

/** One line of the file, with its end. */
export function decisionLine(decision: Decision): string {
  return `${JSON.stringify(decision)}\n`;
}

function appendWhole(descriptor: number, size: number, bytes: Buffer): void {
  try {
    // The power failed in the middle of the last line: it must not spoil this one too.
    if (size > 0 && lastByte(descriptor, size) !== LINE_FEED) writeFully(descriptor, Buffer.from('\n'));
    writeFully(descriptor, bytes);
    fsyncSync(descriptor);
  } catch (error) {
    ftruncateSync(descriptor, size);
    throw error;
  }
}

function lastByte(descriptor: number, size: number): number | undefined {
  const byte = Buffer.alloc(1);
  readSync(descriptor, byte, 0, 1, size - 1);
  return byte[0];
}

async function readEnd(file: string, maxBytes: number): Promise<{ text: string; isWhole: boolean }> {
  const handle = await openIfThere(file);
  if (!handle) return { text: '', isWhole: true };
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - maxBytes);
    const bytes = Buffer.alloc(size - from);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
    const text = bytes.toString('utf8', 0, bytesRead);
    return from === 0
      ? { text, isWhole: true }
      : { text: text.slice(text.indexOf('\n') + 1), isWhole: false };
  } finally {
    await handle.close();
  }
}

async function openIfThere(file: string) {
  try {
    return await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
