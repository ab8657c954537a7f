import { CommanderError } from 'commander';
import { EXIT } from './exit-codes.js';
import { failureOf } from './failure.js';
import { Console } from './output/console.js';
import { opsProgram } from './program.js';
import type { Surroundings } from './surroundings.js';

/** Runs one command. @returns the exit code */
export async function runOps(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = opsProgram(surroundings, (code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said what is wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUsage;
    const { exitCode: failed, message } = failureOf(error, surroundings.signal);
    if (message !== null) new Console(surroundings, false).complain(message);
    return failed;
  }
}
