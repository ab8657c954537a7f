import { execFileSync } from 'node:child_process';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BUILT_LOGGING } from '../support/logs/built-logging.js';
import { readNumberedLines } from '../support/logs/log-lines.js';
import { NumberedWriter } from '../support/logs/numbered-writer.js';

const WRITERS = 2;
const ROTATIONS = 4;
const LINES_OF_A_STEP = 20;

describe('a log that is rotated from outside', () => {
  let folder: string;
  const writers: NumberedWriter[] = [];

  beforeAll(async () => {});

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evernest-external-rotation-'));
    for (let number = 0; number < WRITERS; number += 1) {
      writers.push(new NumberedWriter(`writer ${number}`, BUILT_LOGGING, join(folder, 'combined.log')));
    }
  });

  afterEach(async () => {
    for (const writer of writers) writer.kill();
    await Promise.all(writers.splice(0).map(({ ended }) => ended));
    await rm(folder, { recursive: true });
  });

  const itWithLogrotate = hasLogrotate() ? it : it.skip;

  itWithLogrotate('has each line once and whole when logrotate renames it and sends SIGUSR2', async () => {
    const state = join(folder, 'state');
    const config = join(folder, 'config');
    // A folder in /tmp is no place that logrotate trusts, unless it is told whom to be.
    await writeFile(
      config,
      `${folder}/combined.log {
        su ${execFileSync('id', ['-un']).toString().trim()} ${execFileSync('id', ['-gn']).toString().trim()}
        rotate 100
        dateext
        dateformat -%s
        extension .log
        nocreate
        missingok
      }`,
      { mode: 0o600 },
    );
    await rotateWhileWriting(async (rotation) => {
      // logrotate's names are as fine as seconds.
      await delay(1000);
      execFileSync('logrotate', ['--force', '--state', state, config]);
      if (rotation % 2 === 0) for (const writer of writers) writer.reopen();
    });
    await expectAllLines();
  });

  it('has each line once and whole when it is renamed and made anew by hand, without a signal', async () => {
    await rotateWhileWriting(async (rotation) => {
      await delay(400);
      await rename(join(folder, 'combined.log'), join(folder, `combined-${rotation}.log`));
      await writeFile(join(folder, 'combined.log'), '');
    });
    await expectAllLines();
  });

  async function rotateWhileWriting(rotate: (rotation: number) => Promise<void>): Promise<void> {
    while (!writers.every(({ isReady }) => isReady)) await delay(10);
    const writing = setInterval(() => allow(LINES_OF_A_STEP), 5);
    try {
      for (let rotation = 1; rotation <= ROTATIONS; rotation += 1) await rotate(rotation);
    } finally {
      clearInterval(writing);
    }
    allow(0, true);
    await Promise.all(writers.map(({ ended }) => ended));
  }

  function allow(lines: number, isLast = false): void {
    for (const writer of writers) writer.allow(lines, isLast);
  }

  async function expectAllLines(): Promise<void> {
    const { counts, unexpected, pieces } = await readNumberedLines(folder);
    expect({ unexpected, pieces }).toEqual({ unexpected: [], pieces: [] });
    for (const { name, allowed } of writers) expect([name, counts.get(name)]).toEqual([name, allowed]);
  }
});

function hasLogrotate(): boolean {
  try {
    execFileSync('logrotate', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
