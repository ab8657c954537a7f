import type { EndCause, LastWords } from '@evernest/process-guard';

/** Why a process ended. */
export interface EndReason {
  /** `unknown` if it said nothing. */
  readonly cause: EndCause | 'unknown';
  /** One sentence for a person. */
  readonly message: string;
  readonly evidence: { readonly lastWords: LastWords | null };
}

/** @param words what it left; undefined if it left nothing */
export function whyItEnded(
  words: LastWords | undefined,
  exit: { readonly pid: number; readonly atMs: number },
): EndReason {
  if (words) {
    const message = `Process ${exit.pid} ${ending(words)}: ${closed(words.message)}`;
    return { cause: words.cause, message, evidence: { lastWords: words } };
  }
  return {
    cause: 'unknown',
    message: `Process ${exit.pid} ended without last words: killed from outside (kill -9, out of memory) or by a crash of Node itself.`,
    evidence: { lastWords: null },
  };
}

function ending({ cause, evidence }: LastWords): string {
  switch (cause) {
    case 'fatal-error':
      return 'ended by an error that nobody caught';
    case 'hang':
      return evidence['isKilledByWatchdog'] === false
        ? 'stood still when it ended, but not by its watchdog'
        : 'hung and was killed by its watchdog';
    case 'memory':
      return 'ended to be replaced for its memory';
    case 'descriptors':
      return 'ended to be replaced for its file descriptors';
    case 'start-failed':
      return 'could not start';
    case 'asked':
      return 'ended because it was asked to';
    default:
      return `ended (${String(cause satisfies never)})`;
  }
}

function closed(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
