import { sayOnStderr } from './stderr-line.js';

/** A terminal or pipe that nobody reads gets no more than this. */
const STDERR_MS = 250;

/** Kills the process, whatever becomes of the words before. @param lastAct writes what is to be written, and returns the line for stderr. */
export function endProcess(lastAct: () => string): void {
  const timer = setTimeout(killOwnProcess, STDERR_MS);
  let line: string;
  try {
    line = lastAct();
  } catch (error) {
    line = `The event loop stood still, and what was found could not be told: ${String(error)}`;
  }
  try {
    sayOnStderr(line, killOwnProcess);
  } catch {
    clearTimeout(timer);
    killOwnProcess();
  }
}

/** The loop of the main thread stands still, so no signal that it would have to handle ends the process. */
function killOwnProcess(): void {
  process.kill(process.pid, 'SIGKILL');
}
