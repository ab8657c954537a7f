import { mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Logger } from '@nestjs/common';
import { setFileAside } from './corrupt-files.js';
import type { Decision } from './decision.js';
import { parseDecision } from './decision-line.js';
import { writeWholeFile } from './whole-file.js';

/** The decision under way, where a supervisor that was killed meanwhile finds it again. */
export class InProgressFile {
  private readonly logger = new Logger('DecisionLog');

  constructor(
    private readonly file: string,
    private readonly now: () => number,
  ) {}

  /** Null if none was under way. What cannot be understood is moved aside, with one warning. @throws Error of the file system. */
  async read(): Promise<Decision | null> {
    const text = await this.text();
    if (text === undefined) return null;
    const decision = parseDecision(text);
    if (decision && !decision.outcome) return decision;
    const { file } = this;
    const aside = setFileAside(file, this.now());
    this.logger.warn({ message: `${file} cannot be understood; it is now ${aside}`, file, aside });
    return null;
  }

  /** @throws Error of the file system. */
  write(decision: Decision | null): void {
    if (!decision) {
      rmSync(this.file, { force: true });
      return;
    }
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    writeWholeFile(this.file, `${JSON.stringify(decision, null, 2)}\n`);
  }

  private async text(): Promise<string | undefined> {
    try {
      return await readFile(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
