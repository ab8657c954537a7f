import type { LastWords } from '@evernest/process-guard';
import { bytes } from '../output/bytes.js';
import { duration } from '../output/durations.js';
import { culpritOf } from './culprit.js';

/** What a worker's last words say, in sentences: the cause first, then what it was at, and how large it was. */
export function endSentences(words: LastWords): readonly string[] {
  return [
    causeSentence(words),
    ...requestSentences(words),
    ...functionSentences(words),
    ...memorySentences(words),
    ...drainSentences(words),
    `It had run for ${duration(words.uptimeSeconds * 1000)} and left with exit code ${words.exitCode}.`,
  ];
}

function causeSentence({ cause, message, evidence }: LastWords): string {
  switch (cause) {
    case 'hang': {
      const stalledForMs = evidence['stalledForMs'];
      const length = typeof stalledForMs === 'number' ? ` for ${duration(stalledForMs)}` : '';
      return evidence['isKilledByWatchdog'] === false
        ? `Its event loop had stood still${length} when others ended it: its supervisor, the kernel, or Node for want of memory.`
        : `It hung: its event loop stood still${length}, so its watchdog killed it.`;
    }
    case 'memory':
      return `Its memory ran short, so it asked to be replaced before it reached its limit: ${closed(message)}`;
    case 'descriptors':
      return `Its file descriptors ran short, so it asked to be replaced: ${closed(message)}`;
    case 'fatal-error':
      return evidence['origin'] === 'unhandledRejection'
        ? `A promise was rejected and nobody handled it: ${closed(message)}`
        : `It threw an error that nobody caught: ${closed(message)}`;
    case 'start-failed':
      return `It could not start: ${closed(message)}`;
    case 'asked':
      return `It was asked to stop: ${closed(message)}`;
    default:
      return `It ended, ${String(cause satisfies never)}: ${closed(message)}`;
  }
}

function requestSentences({ request, evidence }: LastWords): string[] {
  if (!request) return [];
  const named = `${request.method} ${request.route} (request ${request.id})`;
  return [
    evidence['requestIs'] === 'the last that began'
      ? `The request that began last was ${named}, which need not be the one at fault.`
      : `It was answering ${named}.`,
  ];
}

function functionSentences({ cause, stack }: LastWords): string[] {
  const culprit = stack === null ? null : culpritOf(stack);
  if (culprit !== null) return [`The function: ${culprit}.`];
  return cause === 'hang' ? ['It hung in native code, which has no stack to show.'] : [];
}

function memorySentences({ cause, memory, evidence }: LastWords): string[] {
  const { rssBytes, heapUsedBytes, heapLimitBytes } = memory;
  const rssLimitBytes = evidence['rssLimitBytes'];
  const limit = typeof rssLimitBytes === 'number' ? ` of the ${bytes(rssLimitBytes)} allowed` : '';
  const heap =
    heapUsedBytes !== null && heapLimitBytes !== null
      ? `, ${bytes(heapUsedBytes)} of it in a heap of at most ${bytes(heapLimitBytes)}`
      : '';
  return [
    `It occupied ${bytes(rssBytes)}${limit}${heap}.`,
    ...(cause === 'memory' ? floorSentences(evidence) : []),
  ];
}

function floorSentences(evidence: LastWords['evidence']): string[] {
  const { heapFloorBytes: floor, heapFloorSlopeBytesPerMinute: slope } = evidence;
  if (typeof floor !== 'number') return [];
  const left = `The last collection of garbage left ${bytes(floor)} in the heap`;
  if (typeof slope !== 'number') return [`${left}.`];
  return [
    slope > 0
      ? `${left}, and that rose by ${bytes(slope)} a minute: a leak, or more work than it has memory for.`
      : `${left}, and that did not rise: no leak, but too much at once.`,
  ];
}

function drainSentences({ evidence }: LastWords): string[] {
  const { drainedInMs, cutOff } = evidence;
  if (typeof drainedInMs !== 'number') return [];
  const lost = typeof cutOff === 'number' && cutOff > 0 ? `${cutOff} cut off at the deadline` : 'none lost';
  return [`It finished its requests in ${duration(drainedInMs)}, ${lost}.`];
}

/** As the end of a sentence. */
function closed(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
