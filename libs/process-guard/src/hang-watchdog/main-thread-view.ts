import inspector from 'node:inspector';
import { captureFrames, type CallFrame } from './call-frames.js';
import type { NotedRequest } from './shared-board.js';

/** How the main thread describes itself. */
export interface MainThreadView {
  /** `--inspect`, SIGUSR1 or `inspector.open()`: whoever debugs may hold the process for as long as they like. */
  readonly debuggerIsOpen: boolean;
  /** What was running when it was asked, innermost first; empty between two turns of the loop or the microtasks. */
  readonly frames: readonly CallFrame[];
  /** The request that the code runs for at this moment. */
  readonly request: NotedRequest | null;
  readonly heapUsedBytes: number;
  readonly externalBytes: number;
  /** What keeps the event loop busy, counted by kind. */
  readonly activeResources: Readonly<Record<string, number>>;
}

const KEY = 'evernest.process-guard.main-thread-view';
const MAX_TEXT_LENGTH = 256;

/** What the inspector of the main thread is asked to evaluate: JSON of a {@link MainThreadView}. */
export const DESCRIBE_MAIN_THREAD = `globalThis[Symbol.for('${KEY}')]()`;

/** Whether a debugger is attached or may attach at any moment; takes 0.03 µs. */
export function debuggerIsOpen(): boolean {
  return inspector.url() !== undefined;
}

/**
 * Lets the main thread be described from outside while it hangs: what is evaluated there sees globals only.
 * @returns what takes it back.
 */
export function publishMainThreadView(currentRequest: () => NotedRequest | undefined): () => void {
  const holder = globalThis as Record<symbol, unknown>;
  const key = Symbol.for(KEY);
  const describe = () => JSON.stringify(view(currentRequest, captureFrames(describe)));
  holder[key] = describe;
  return () => {
    if (holder[key] === describe) delete holder[key];
  };
}

/** @param frames of the evaluated expression and what it interrupted. */
function view(
  currentRequest: () => NotedRequest | undefined,
  [, ...frames]: readonly CallFrame[],
): MainThreadView {
  const { heapUsed, external } = process.memoryUsage();
  return {
    debuggerIsOpen: debuggerIsOpen(),
    frames,
    request: requestOrNull(currentRequest),
    heapUsedBytes: heapUsed,
    externalBytes: external,
    activeResources: countByKind(process.getActiveResourcesInfo()),
  };
}

function requestOrNull(currentRequest: () => NotedRequest | undefined): NotedRequest | null {
  try {
    const request = currentRequest();
    if (!request) return null;
    const { id, method, route } = request;
    return { id: shortened(id), method: shortened(method), route: shortened(route) };
  } catch {
    return null; // the rest of the description is worth having
  }
}

function shortened(text: string): string {
  return text.slice(0, MAX_TEXT_LENGTH);
}

function countByKind(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
