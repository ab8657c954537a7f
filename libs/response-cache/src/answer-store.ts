import type { StoredAnswer } from './stored-answer.js';

const BYTES_PER_CHARACTER = 2;

/** Answers that hold for one version of what they are made of, the least recently used dropped first. */
export class AnswerStore {
  private answers = new Map<string, StoredAnswer>();
  private version: number | undefined;
  private usedBytes = 0;

  constructor(private readonly maxBytes: number) {}

  get bytes(): number {
    return this.usedBytes;
  }

  get size(): number {
    return this.answers.size;
  }

  get(url: string, version: number): StoredAnswer | undefined {
    if (version !== this.version) return undefined;
    const answer = this.answers.get(url);
    if (answer === undefined) return undefined;
    // A map keeps the order of insertion, so who is used moves to its end.
    this.answers.delete(url);
    this.answers.set(url, answer);
    return answer;
  }

  /** Keeps an answer for a version, which becomes the only one that there are answers for. */
  set(url: string, version: number, answer: StoredAnswer): void {
    if (version !== this.version) this.beginVersion(version);
    this.drop(url);
    const bytes = bytesOf(url, answer);
    if (bytes > this.maxBytes) return;
    this.answers.set(url, answer);
    this.usedBytes += bytes;
    for (const oldest of this.answers.keys()) {
      if (this.usedBytes <= this.maxBytes) break;
      this.drop(oldest);
    }
  }

  private beginVersion(version: number): void {
    this.version = version;
    this.answers = new Map();
    this.usedBytes = 0;
  }

  private drop(url: string): void {
    const answer = this.answers.get(url);
    if (answer === undefined) return;
    this.answers.delete(url);
    this.usedBytes -= bytesOf(url, answer);
  }
}

function bytesOf(url: string, answer: StoredAnswer): number {
  return answer.bytes + url.length * BYTES_PER_CHARACTER;
}
