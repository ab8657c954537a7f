import type { ImportObserver } from './import.js';
import type { Progress } from './progress.js';
import type { FileProblem, RejectedRow } from './read-batch.js';
import type { RejectsFiles } from './rejects-files.js';

/** A screenful; the rest is in the rejects file and in the summary. */
const MOST_SHOWN = 20;

/** Tells a person what happens: the first rejected rows line by line, all of them in the rejects file. */
export class ConsoleObserver implements ImportObserver {
  #rejected = 0;

  constructor(
    private readonly progress: Progress,
    private readonly rejects: RejectsFiles | undefined,
  ) {}

  warned(text: string): void {
    this.progress.line(text);
  }

  failedFile({ file, message }: FileProblem): void {
    this.progress.line(`${file} ${message}`);
  }

  async rejected(rows: readonly RejectedRow[]): Promise<void> {
    for (const row of rows.slice(0, Math.max(0, MOST_SHOWN - this.#rejected))) {
      this.progress.line(`${row.file}:${row.line}: ${row.column}: ${row.reason}`);
    }
    const shownBefore = this.#rejected <= MOST_SHOWN;
    this.#rejected += rows.length;
    if (shownBefore && this.#rejected > MOST_SHOWN) {
      this.progress.line(
        'More rows are rejected; the summary counts them, and --rejects FILE writes them all down.',
      );
    }
    await this.rejects?.write(rows);
  }

  progressed(bytes: number, rows: number): void {
    this.progress.update(bytes, rows);
  }
}
