import { execFile } from 'node:child_process';
import { projectRoot } from '../../../scripts/project-root.js';

/**
 * Runs a script of this project to its end, or to that of the trial.
 * @returns {Promise<{ exitCode: number | undefined, output: string }>} exitCode undefined if a signal ended it
 */
export function runCommand([script, ...args], { environment, signal }) {
  return new Promise((resolve, reject) => {
    const options = { cwd: projectRoot, env: environment, signal };
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
      if (signal.aborted) reject(signal.reason);
      else resolve({ exitCode: error ? error.code : 0, output: stdout + stderr });
    });
  });
}
