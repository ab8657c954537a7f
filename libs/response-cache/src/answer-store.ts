import type { StoredAnswer } from './stored-answer.js';

const BYTES_PER_CHARACTER = 2;

/**
 * Answers that hold for one version of what they are made of, in two generations. When the recent one is full it becomes the
 * older one, and what nobody has asked for since it became older is gone. So to find an answer takes one look, where an exact order of
 * use would have to be written down for every request.
 */
export class AnswerStore {
  private version: number | undefined;
  private recent = new Generation();
  private older = new Generation();
  private readonly maxGenerationBytes: number;

  constructor(maxBytes: number) {
    this.maxGenerationBytes = maxBytes / 2;
  }

  get bytes(): number {
    return this.recent.bytes + this.older.bytes;
  }

  get size(): number {
    return this.recent.answers.size + this.older.answers.size;
  }

  get(key: string, version: number): StoredAnswer | undefined {
    if (version !== this.version) return undefined;
    return this.recent.answers.get(key) ?? this.rescue(key);
  }

  /** Keeps an answer for a version, which becomes the only one that there are answers for. */
  set(key: string, version: number, answer: StoredAnswer): void {
    if (version !== this.version) {
      this.version = version;
      this.recent = new Generation();
      this.older = new Generation();
    }
    const bytes = bytesOf(key, answer);
    if (bytes > this.maxGenerationBytes) return;
    this.older.remove(key);
    this.recent.remove(key);
    if (this.recent.bytes + bytes > this.maxGenerationBytes) {
      this.older = this.recent;
      this.recent = new Generation();
    }
    this.recent.add(key, answer);
  }

  private rescue(key: string): StoredAnswer | undefined {
    const answer = this.older.answers.get(key);
    if (answer && this.version !== undefined) this.set(key, this.version, answer);
    return answer;
  }
}

class Generation {
  readonly answers = new Map<string, StoredAnswer>();
  bytes = 0;

  add(key: string, answer: StoredAnswer): void {
    this.answers.set(key, answer);
    this.bytes += bytesOf(key, answer);
  }

  remove(key: string): void {
    const answer = this.answers.get(key);
    if (answer === undefined) return;
    this.answers.delete(key);
    this.bytes -= bytesOf(key, answer);
  }
}

function bytesOf(key: string, answer: StoredAnswer): number {
  return answer.bytes + key.length * BYTES_PER_CHARACTER;
}
