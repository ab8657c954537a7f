import { writeSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { isLeaving } from '../drain/departure.js';
import { thisBoot } from '../last-words/boot.js';
import { composeLastWords } from '../last-words/compose-last-words.js';
import { noteWorker } from '../last-words/worker-record.js';
import { writeLastWords } from '../last-words/write-last-words.js';
import { isError, messageOf, stackOf } from '../thrown.js';

export const START_FAILED_EXIT_CODE = 71;
const STDERR = 2;
/** With the second that a start may take to fail, it is gone within two. */
const FLUSH_TIMEOUT_MS = 1000;

export interface FailedStart {
  /** What a person reads first: what happened and what to do. @default `cannot start: ` and the error's message */
  readonly message?: string;
  /** The folder of the last words, as in the options of the module. @default var/guard */
  readonly folder?: string;
  /** pm2's number of the worker. @default null */
  readonly pmId?: number | null;
  /** Waits until the log is written, for a second at most. */
  readonly flushLogs?: () => Promise<void>;
}

/**
 * Ends a process that could not start: says why on stderr, in the log and in last words, and exits with 71. Whatever of
 * that fails, the process exits, because a worker that stays is `online` to pm2 for ever.
 */
export async function failStart(
  error: unknown,
  {
    message = `cannot start: ${messageOf(error)}`,
    folder = 'var/guard',
    pmId = null,
    flushLogs,
  }: FailedStart = {},
): Promise<void> {
  // Told to stop in the middle of its start, it has no failure to report; the departure ends the process.
  if (isLeaving()) await new Promise(() => undefined);
  const deadline = setTimeout(() => process.exit(START_FAILED_EXIT_CODE), FLUSH_TIMEOUT_MS);
  try {
    attempt(() => writeSync(STDERR, `${message}\n`));
    attempt(() => {
      const stack = stackOf(error);
      const end = { cause: 'start-failed', exitCode: START_FAILED_EXIT_CODE, message, stack } as const;
      const boot = thisBoot(pmId);
      writeLastWords(folder, composeLastWords(boot, end));
      noteWorker(folder, boot);
    });
    attempt(() =>
      new Logger('ProcessGuard').fatal({
        message,
        ...(isError(error) && { error }),
      }),
    );
    await flushLogs?.();
  } finally {
    clearTimeout(deadline);
    process.exit(START_FAILED_EXIT_CODE);
  }
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // Each way of saying it is there for the case that the others fail.
  }
}
