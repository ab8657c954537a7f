import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import type { LastWords } from '../../../libs/process-guard/src/last-words/last-words.js';
import { ROOT } from '../service.js';
import type { WAYS_TO_HANG } from './ways-to-hang.js';

const FOLDER = join(ROOT, 'test/support/hang-watchdog');
export const WAYS_SOURCE = join(FOLDER, 'ways-to-hang.ts');
const BOOT_ID = 'boot-of-the-test';
const LOOK_EVERY_MS = 20;

export type WayToHang = keyof typeof WAYS_TO_HANG;

export interface WatchedOptions {
  readonly timeoutMs: number;
  /** @default a folder of its own */
  readonly lastWordsFolder?: string;
  readonly execArgv?: readonly string[];
  readonly isWatched?: boolean;
}

/** A process under the watchdog, told what to do over IPC. */
export class WatchedProcess {
  private readonly stderr: string[] = [];
  /** Fulfilled when it has gone, whatever it said may still be unread. */
  readonly exited: Promise<unknown>;
  private readonly ended: Promise<readonly [number | null, NodeJS.Signals | null]>;

  private constructor(
    readonly child: ChildProcess,
    private readonly folder: string,
    private readonly lastWordsFolder: string,
  ) {
    child.stderr?.on('data', (chunk) => this.stderr.push(String(chunk)));
    this.exited = once(child, 'exit');
    this.ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  }

  static async start({
    timeoutMs,
    execArgv = [],
    isWatched = true,
    ...rest
  }: WatchedOptions): Promise<WatchedProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'evernest-hang-'));
    const { lastWordsFolder = join(folder, 'guard') } = rest;
    const wayFile = pathToFileURL(await build(WAYS_SOURCE, folder)).href;
    const options = { timeoutMs, lastWordsFolder, bootId: BOOT_ID, wayFile, isWatched };
    const child = fork(join(FOLDER, 'watched-main.js'), [JSON.stringify(options)], {
      execArgv: [...execArgv],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const watched = new WatchedProcess(child, folder, lastWordsFolder);
    await once(child, 'message');
    return watched;
  }

  /** Tells it to do something and waits until it has. */
  async ask(command: string, rest: object = {}): Promise<unknown> {
    const answered = once(this.child, 'message');
    this.tell(command, rest);
    const ended = this.end().then(({ stderr }) => Promise.reject(new Error(`it ended: ${stderr}`)));
    const [{ answer }] = (await Promise.race([answered, ended])) as [{ answer?: unknown }];
    return answer;
  }

  tell(command: string, rest: object = {}): void {
    this.child.send({ command, ...rest });
  }

  /** How it ended, once it has. */
  async end(): Promise<{
    readonly exitCode: number | null;
    readonly signal: string | null;
    readonly stderr: string;
  }> {
    const [exitCode, signal] = await this.ended;
    return { exitCode, signal, stderr: this.stderr.join('') };
  }

  get said(): string {
    return this.stderr.join('');
  }

  async lastWords(): Promise<LastWords> {
    return JSON.parse(await readFile(join(this.lastWordsFolder, `${BOOT_ID}.json`), 'utf8')) as LastWords;
  }

  /** Waits until there are last words, be it alive or not. */
  async firstLastWords(): Promise<LastWords> {
    for (;;) {
      const words = await this.lastWords().catch(() => undefined);
      if (words) return words;
      await passed(LOOK_EVERY_MS);
    }
  }

  /** Leaves neither process nor files behind. */
  async dispose(): Promise<void> {
    this.child.kill('SIGKILL');
    this.child.stderr?.resume();
    await this.ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Compiles one file with its source map beside it. @returns the built file. */
async function build(sourceFile: string, folder: string): Promise<string> {
  const { outputText, sourceMapText } = ts.transpileModule(await readFile(sourceFile, 'utf8'), {
    fileName: sourceFile,
    compilerOptions: {
      sourceMap: true,
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      sourceRoot: pathToFileURL(FOLDER).href,
    },
  });
  const built = join(folder, 'ways-to-hang.mjs');
  await writeFile(built, outputText);
  await writeFile(`${built}.map`, sourceMapText ?? '');
  return built;
}
