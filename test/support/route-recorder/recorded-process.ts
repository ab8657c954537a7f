import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../service.js';

const RECORDER = pathToFileURL(join(ROOT, 'test/support/route-recorder/record-routes.js')).href;

/** A route as it was registered. */
export interface Route {
  readonly method: string;
  /** With its parameters, such as `/books/:id`. */
  readonly url: string;
  readonly isDoorOnly: boolean;
}

/** A built application as a process of its own, of which all routes are known. */
export interface RecordedProcess {
  readonly routes: readonly Route[];
  readonly stateDir: string;
  /** Waits until it has written that. */
  wrote(pattern: RegExp): Promise<RegExpExecArray>;
  stop(): Promise<void>;
}

export async function startRecorded(
  app: 'catalog' | 'supervisor',
  variables: Readonly<Record<string, string>>,
): Promise<RecordedProcess> {
  const stateDir = await mkdtemp(join(tmpdir(), 'evernest-routes-'));
  const file = join(stateDir, 'routes.json');
  const child = spawn(process.execPath, [join(ROOT, `dist/apps/${app}/src/main.js`)], {
    cwd: stateDir,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      NODE_OPTIONS: `--import=${RECORDER}`,
      ROUTES: file,
      STATE_DIR: stateDir,
      // Where no daemon is.
      PM2_HOME: stateDir,
      PORT: '0',
      OPS_PORT: '0',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exited = once(child, 'exit');
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => output.push(String(chunk)));
  }
  const stop = async () => {
    child.kill('SIGKILL');
    await exited;
    await rm(stateDir, { recursive: true, force: true });
  };
  await Promise.race([once(child, 'message'), exited]);
  if (child.exitCode !== null) {
    await stop();
    throw new Error(`the ${app} did not start:\n${output.join('')}`);
  }
  return {
    routes: JSON.parse(await readFile(file, 'utf8')),
    stateDir,
    stop,
    async wrote(pattern) {
      for (;;) {
        const found = pattern.exec(output.join(''));
        if (found) return found;
        await Promise.race([once(child.stdout!, 'data'), once(child.stderr!, 'data')]);
      }
    },
  };
}
