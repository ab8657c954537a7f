import { write } from 'node:fs';

const STDERR = 2;

/**
 * Writes one line past the console, which in a thread waits for the main thread. Not synchronous: a pipe that nobody
 * reads would hold the thread for ever.
 */
export function sayOnStderr(line: string, done: () => void = () => undefined): void {
  write(STDERR, `[HangWatchdog] ${line}\n`, () => done());
}
