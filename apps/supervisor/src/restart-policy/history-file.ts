import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Logger } from '@nestjs/common';
import { writeWholeFile } from '../decisions/whole-file.js';
import { emptyHistory, type History } from './history.js';

/** What the policy remembers, where the next supervisor finds it. */
export class HistoryFile {
  private readonly logger = new Logger('HistoryFile');
  private written = '';

  constructor(private readonly file: string) {}

  /** Nothing is remembered where the file is missing or cannot be understood: budgets begin anew. */
  read(): History {
    try {
      const history = JSON.parse(readFileSync(this.file, 'utf8')) as Partial<History>;
      if (isListOf(history.ends, 'pmId', 'atMs') && isListOf(history.parked, 'pmId', 'times', 'parkedAtMs')) {
        return { ends: history.ends, parked: history.parked, isActing: false };
      }
      throw new Error('it holds something else');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.logger.warn({ message: `${this.file} cannot be read; restart budgets begin anew`, error });
      }
      return emptyHistory;
    }
  }

  /** Writes it if it has changed. A full disk is no reason to stop supervising. */
  write(history: History): void {
    const text = `${JSON.stringify(history)}\n`;
    if (text === this.written) return;
    try {
      mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
      writeWholeFile(this.file, text);
    } catch (error) {
      this.logger.warn({ message: `${this.file} cannot be written`, error });
    }
    this.written = text;
  }
}

function isListOf(list: unknown, ...numbers: readonly string[]): list is [] {
  return Array.isArray(list) && list.every((item: unknown) => numbers.every((name) => isNumber(item, name)));
}

function isNumber(item: unknown, name: string): boolean {
  return Number.isFinite((item as Record<string, unknown> | null)?.[name]);
}
