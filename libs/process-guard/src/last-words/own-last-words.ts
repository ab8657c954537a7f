import { SpareDescriptor } from '../descriptors/spare-descriptor.js';
import type { Boot } from './boot.js';
import { composeLastWords, type End } from './compose-last-words.js';
import type { LastWords } from './last-words.js';
import { readLastWords } from './worker-record.js';
import { writeLastWords } from './write-last-words.js';

/** The last words of this process, which it can write also when no file descriptor is left. */
export class OwnLastWords {
  private readonly spareDescriptor = new SpareDescriptor();

  constructor(
    private readonly folder: string,
    private readonly boot: Boot,
  ) {}

  /** What has been written so far, by whatever thread; undefined before. */
  get written(): LastWords | undefined {
    return this.spareDescriptor.lend(() => readLastWords(this.folder, this.boot.bootId));
  }

  /** In the place of those before. @throws Error of the file system. */
  write(end: End): void {
    this.spareDescriptor.lend(() => writeLastWords(this.folder, composeLastWords(this.boot, end)));
  }

  /** Gives up what it keeps for the end. */
  release(): void {
    this.spareDescriptor.release();
  }
}
