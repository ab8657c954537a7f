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

  get(url: string, version: number): StoredAnswer | undefined {
    if (version !== this.version) return undefined;
    return this.recent.answers.get(url) ?? this.rescue(url);
  }

  /** Keeps an answer for a version, which becomes the only one that there are answers for. */
  set(url: string, version: number, answer: StoredAnswer): void {
    if (version !== this.version) {
      this.version = version;
      this.recent = new Generation();
      this.older = new Generation();
    }
    const bytes = bytesOf(url, answer);
    if (bytes > this.maxGenerationBytes) return;
    this.older.remove(url);
    this.recent.remove(url);
    if (this.recent.bytes + bytes > this.maxGenerationBytes) {
      this.older = this.recent;
      this.recent = new Generation();
    }
    this.recent.add(url, answer);
  }

  private rescue(url: string): StoredAnswer | undefined {
    const answer = this.older.answers.get(url);
    if (answer && this.version !== undefined) this.set(url, this.version, answer);
    return answer;
  }
}

class Generation {
  readonly answers = new Map<string, StoredAnswer>();
  bytes = 0;

  add(url: string, answer: StoredAnswer): void {
    this.answers.set(url, answer);
    this.bytes += bytesOf(url, answer);
  }

  remove(url: string): void {
    const answer = this.answers.get(url);
    if (answer === undefined) return;
    this.answers.delete(url);
    this.bytes -= bytesOf(url, answer);
  }
}

function bytesOf(url: string, answer: StoredAnswer): number {
  return answer.bytes + url.length * BYTES_PER_CHARACTER;
}
