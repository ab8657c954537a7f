import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Jest runs from the root of the repository. */
export const ROOT = process.cwd();
export const MAIN = join(ROOT, 'dist/apps/catalog/src/main.js');

/** A token that may write; the services of the suites accept it. */
export const WRITE_TOKEN = 'a-token-for-tests-only';

/** The built service as a process of its own. */
export interface Service {
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything it wrote so far. */
  readonly output: () => string;
  /** Resolves once it has written that. */
  wrote(text: string): Promise<void>;
  /** Tells it to stop. @returns its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `dist` with nothing of this process's environment but what finds the programs. */
export async function startService(variables: Record<string, string> = {}): Promise<Service> {
  const stateDir = await mkdtemp(join(tmpdir(), 'evernest-'));
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN], {
    cwd: stateDir,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: '0',
      STATE_DIR: stateDir,
      LOG_TARGET: 'stdout',
      WRITE_TOKENS: WRITE_TOKEN,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output: string[] = [];
  child.stdout?.on('data', (chunk) => output.push(String(chunk)));
  child.stderr?.on('data', (chunk) => output.push(String(chunk)));
  const exited = once(child, 'exit');
  await Promise.race([once(child, 'message'), exited]);
  const listening = /listening on (http:\/\/[^\s"]+)/;
  // What it logged may arrive after what it sent.
  while (child.exitCode === null && !listening.test(output.join(''))) {
    await Promise.race([once(child.stdout!, 'data'), exited]);
  }
  const [, url] = listening.exec(output.join('')) ?? [];
  if (!url) throw new Error(`the service did not start:\n${output.join('')}`);

  return {
    url,
    process: child,
    output: () => output.join(''),
    async wrote(text) {
      while (!output.join('').includes(text)) await once(child.stdout!, 'data');
    },
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
      await rm(stateDir, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}
