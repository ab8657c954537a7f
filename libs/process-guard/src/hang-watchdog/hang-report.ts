import type { LastWords } from '../last-words/last-words.js';
import type { MainThreadView } from './main-thread-view.js';
import type { ProcessThread } from './process-threads.js';
import type { NotedRequest } from './shared-board.js';
import type { SourcePositions } from './source-positions.js';
import { culprit, frameText, stackText } from './stack-text.js';

/** What was found out about a loop that stands still. */
export interface HangFindings {
  readonly stalledMs: number;
  /** False if the main thread is in native code, which nothing interrupts. */
  readonly hasAnswered: boolean;
  /** Its answer, if there is one that can be read. */
  readonly view: MainThreadView | undefined;
  /** The request that began last, which need not be the one that hangs. */
  readonly lastBegun: NotedRequest | null;
  /** What went wrong in finding out. */
  readonly difficulty: string | undefined;
}

/** What is known without looking. */
export interface ProcessFacts {
  readonly bootId: string;
  readonly pid: number;
  readonly pmId: number | null;
  readonly at: Date;
  readonly uptimeSeconds: number;
  readonly rssBytes: number;
  readonly heapLimitBytes: number;
}

/** `The event loop stood still for 2.3 s in GET /books/:id (request 7), at findAll (libs/books/src/books.ts:12:3)` */
export function hangSentence(findings: HangFindings, positions: SourcePositions): string {
  const stoodStill = `The event loop stood still for ${(findings.stalledMs / 1000).toFixed(1)} s`;
  return printable(
    stoodStill + (findings.hasAnswered ? inJavaScript(findings, positions) : inNative(findings)),
  );
}

function inJavaScript({ view }: HangFindings, positions: SourcePositions): string {
  const frame = culprit(view?.frames ?? []);
  const request = view?.request ? ` in ${requestText(view.request)}` : '';
  return request + (frame ? `, at ${frameText(frame, positions)}` : '');
}

function inNative({ lastBegun }: HangFindings): string {
  const last = lastBegun ? `; the request that began last was ${requestText(lastBegun)}` : '';
  return ` in native code, which cannot be interrupted${last}`;
}

/** @param isKilled false for words that are written early, while it may still live on or be ended by others. */
export function hangLastWords(
  findings: HangFindings,
  facts: ProcessFacts,
  threads: readonly ProcessThread[],
  positions: SourcePositions,
  isKilled: boolean,
): LastWords {
  const { stalledMs, hasAnswered, view, lastBegun, difficulty } = findings;
  const { rssBytes, heapLimitBytes, at, ...process } = facts;
  return {
    ...process,
    at: at.toISOString(),
    cause: 'hang',
    exitCode: 137,
    message: `${hangSentence(findings, positions)}.`,
    stack: view && view.frames.length > 0 ? stackText(view.frames, positions) : null,
    request: hasAnswered ? (view?.request ?? null) : lastBegun,
    memory: {
      rssBytes,
      heapUsedBytes: view?.heapUsedBytes ?? null,
      heapLimitBytes,
      externalBytes: view?.externalBytes ?? null,
    },
    evidence: {
      stalledForMs: Math.round(stalledMs),
      // Whoever reads `request` should know how sure it is.
      requestIs: hasAnswered ? 'running' : 'the last that began',
      lastBegunRequest: lastBegun,
      activeResources: view?.activeResources ?? null,
      threads,
      isKilledByWatchdog: isKilled,
      ...(difficulty !== undefined && { difficulty }),
    },
  };
}

function requestText({ id, method, route }: NotedRequest): string {
  return `${method} ${route} (request ${id})`;
}

/** A path is the caller's; it must not forge lines on the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?');
}
