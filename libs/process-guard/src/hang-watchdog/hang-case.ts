import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LastWords } from '../last-words/last-words.js';
import { writeLastWords } from '../last-words/write-last-words.js';
import type { CollectionSuspicion } from './collection-suspicion.js';
import { endProcess } from './end-process.js';
import { hangLastWords, hangSentence, type HangFindings, type ProcessFacts } from './hang-report.js';
import type { HangThreadData } from './hang-thread-data.js';
import { KillTime } from './kill-time.js';
import { MainThreadInspector } from './main-thread-inspector.js';
import type { MainThreadView } from './main-thread-view.js';
import { processThreads } from './process-threads.js';
import type { SharedBoard } from './shared-board.js';
import { SourceMapPositions } from './source-positions.js';
import { sayOnStderr } from './stderr-line.js';
import { isNotNodes } from './stack-text.js';

/** While a case is open a beat is noticed after this. */
const LOOK_MS = 25;
/** A spin of microtasks is mostly inside Node's own code, with nothing of the program on the stack; other moments tell more. */
const NEXT_MOMENT_MS = 7;
/** Most answers come within 50 ms; what is not understood by then is native code, or within Node's own. */
const UNDERSTOOD_WITHIN_MS = 100;

/**
 * One loop that stands still for suspiciously long: find out why, and end the process if it does so for too long, after a second
 * chance. Whatever fails on the way, the process ends too. Its last words are written as soon as there is something to say,
 * because somebody else may lose patience first, as a supervisor does with native code; they are taken back if it lives on.
 */
export class HangCase {
  private readonly killTime: KillTime;
  private readonly positions = new SourceMapPositions();
  private readonly fail = (error: unknown) => {
    this.difficulty = String(error);
    this.kill();
  };
  private inspector: MainThreadInspector | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private isOpen = true;
  private stalledMs = 0;
  private openedAtMs = 0;
  private hasAnswered = false;
  private hasWritten = false;
  private view: MainThreadView | undefined;
  private difficulty: string | undefined;

  /**
   * @param look for how long the loop has stood still, in ms; told at which interval it is called.
   * @param onClosed called if the loop moves again, or a debugger turns out to hold it.
   */
  constructor(
    private readonly data: HangThreadData,
    private readonly board: SharedBoard,
    private readonly suspicion: CollectionSuspicion,
    private readonly look: (pollMs: number) => number,
    private readonly onClosed: () => void,
  ) {
    this.killTime = new KillTime(data.timeoutMs);
  }

  open(): void {
    // First of all, so that nothing below can keep a hung process alive.
    process.on('uncaughtException', this.fail);
    this.timer = setInterval(() => this.check(), LOOK_MS);
    this.stalledMs = this.openedAtMs = this.look(LOOK_MS);
    void this.investigate();
  }

  private check(): void {
    const stalledMs = this.look(LOOK_MS);
    if (stalledMs === 0) return this.survived();
    this.stalledMs = stalledMs;
    if (this.killTime.isDue(stalledMs, () => this.suspicion.looksLikeCollection())) return this.kill();
    const isEnough = this.isUnderstood() || stalledMs >= this.openedAtMs + UNDERSTOOD_WITHIN_MS;
    if (isEnough && !this.hasWritten) this.writeEarly();
  }

  /** Asks until the answer tells what of the program holds the loop. */
  private async investigate(): Promise<void> {
    try {
      this.inspector = new MainThreadInspector();
      while (this.isOpen && !this.isUnderstood()) {
        await this.ask(this.inspector);
        await sleep(NEXT_MOMENT_MS);
      }
    } catch (error) {
      this.difficulty = String(error);
    }
  }

  private isUnderstood(): boolean {
    return this.view !== undefined && this.view.frames.some(isNotNodes);
  }

  private async ask(inspector: MainThreadInspector): Promise<void> {
    const view = await inspector.view().catch((error: unknown) => {
      this.difficulty = String(error);
      return undefined;
    });
    if (!this.isOpen) return;
    if (view?.debuggerIsOpen) return this.close();
    if (!this.hasAnswered) this.killTime.answered(this.stalledMs);
    this.hasAnswered = true;
    if (view && (!this.view?.request || view.frames.some(isNotNodes))) this.view = view;
  }

  private survived(): void {
    this.close();
    if (this.stalledMs < this.data.timeoutMs) return;
    sayOnStderr(`${hangSentence(this.findings(), this.positions)}; it moves again and the process lives on.`);
  }

  private close(): void {
    this.end();
    if (this.hasWritten) this.takeBack();
    process.off('uncaughtException', this.fail);
    this.inspector?.disconnect();
    this.onClosed();
  }

  private kill(): void {
    this.end();
    endProcess(() => this.lastAct());
  }

  private end(): void {
    this.isOpen = false;
    clearInterval(this.timer);
  }

  /** @returns the line for stderr. */
  private lastAct(): string {
    const words = this.lastWords({ isKilled: true });
    try {
      writeLastWords(this.data.lastWordsFolder, words);
      return `${words.message} The process is killed; its last words are in ${this.file}`;
    } catch (error) {
      return `${words.message} The process is killed; its last words could not be written: ${String(error)}`;
    }
  }

  private writeEarly(): void {
    this.hasWritten = true;
    try {
      writeLastWords(this.data.lastWordsFolder, this.lastWords({ isKilled: false }));
    } catch {
      // The last act tries again, and tells.
    }
  }

  /** Only its own words: in the moment in which the loop moved again the process may have ended for another reason. */
  private takeBack(): void {
    try {
      const { cause } = JSON.parse(readFileSync(this.file, 'utf8')) as LastWords;
      if (cause === 'hang') rmSync(this.file);
    } catch {
      // There are none.
    }
  }

  private lastWords({ isKilled }: { isKilled: boolean }): LastWords {
    return hangLastWords(this.findings(), this.facts(), processThreads(), this.positions, isKilled);
  }

  private get file(): string {
    return join(this.data.lastWordsFolder, `${this.data.bootId}.json`);
  }

  private findings(): HangFindings {
    const { stalledMs, hasAnswered, view, difficulty } = this;
    return { stalledMs, hasAnswered, view, lastBegun: this.board.lastNotedRequest(), difficulty };
  }

  private facts(): ProcessFacts {
    const { bootId, pmId, heapLimitBytes } = this.data;
    return {
      bootId,
      pid: process.pid,
      pmId,
      at: new Date(),
      // Of the whole process, in every thread; and right whatever becomes of the clock on the wall.
      uptimeSeconds: Math.round(process.uptime()),
      rssBytes: process.memoryUsage.rss(),
      heapLimitBytes,
    };
  }
}
