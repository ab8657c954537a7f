import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from './service.js';

export const CATALOGUE = join(ROOT, 'apps/catalog/data/gutenberg.csv');

/** How a command ended and what it said. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a built command of the catalogue, such as `import/main.js`, as a process of its own. */
export async function runCommand(
  script: string,
  args: readonly string[],
  { cwd, ...variables }: Record<string, string> & { cwd: string },
): Promise<Outcome> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/apps/catalog/src', script), ...args], {
    cwd,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', STATE_DIR: cwd, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (output.stderr += String(chunk)));
  const [exitCode] = await once(child, 'close');
  return { exitCode, ...output };
}
