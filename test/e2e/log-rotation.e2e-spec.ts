import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LogRotator } from '../../libs/logging/src/rotation/log-rotator.js';
import { BUILT_LOGGING } from '../support/logs/built-logging.js';
import { readNumberedLines, rotatedFiles } from '../support/logs/log-lines.js';
import { NumberedWriter } from '../support/logs/numbered-writer.js';

// LOG_ROTATION_LINES=250000 LOG_ROTATIONS=50 for the full measure, which takes about half a minute.
const LINES = Number(process.env['LOG_ROTATION_LINES'] ?? 12_000);
const ROTATIONS = Number(process.env['LOG_ROTATIONS'] ?? 8);
const KILLS = 3;
const WRITERS = 4;
const STEPS_OF_A_ROTATION = 20;
const STEP_MS = 10;

describe('a log that several processes write to', () => {
  let folder: string;
  const writers: NumberedWriter[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evernest-rotation-'));
  });

  afterAll(async () => {
    for (const writer of writers) writer.kill();
    await Promise.all(writers.map(({ ended }) => ended));
    await rm(folder, { recursive: true });
  });

  it(`has each line once, whole and in its writer's order, after ${ROTATIONS} rotations and ${KILLS} kills`, async () => {
    const rotator = new LogRotator({ folder, fileNames: ['combined.log'], maxBytes: 1, maxFiles: 1000 });
    for (let count = 0; count < WRITERS; count += 1) startWriter();
    await rotateAndKill(rotator);
    for (const writer of writers) writer.allow(Math.max(0, LINES - writer.allowed), true);
    await Promise.all(writers.map(({ ended }) => ended));
    await untilAllIsCompressed(rotator);

    const { counts, unexpected, pieces } = await readNumberedLines(folder);
    if (process.env['LOG_ROTATIONS']) console.log(await rotatedFiles(folder), counts, pieces);
    expect(unexpected).toEqual([]);
    expect(pieces.length).toBeLessThanOrEqual(KILLS);
    for (const { name, isKilled, allowed, written, losses } of writers) {
      if (isKilled) expect(counts.get(name) ?? 0).toBeGreaterThanOrEqual(written ?? 0);
      else {
        expect({ name, lines: counts.get(name), losses }).toEqual({
          name,
          lines: allowed,
          losses: { lines: 0, bytes: 0 },
        });
      }
    }
  }, 300_000);

  function startWriter(): void {
    const name = `writer ${writers.length}`;
    writers.push(new NumberedWriter(name, BUILT_LOGGING, join(folder, 'combined.log')));
  }

  /** Rotates while all write, tells them of it or lets them notice, and now and then kills one. */
  async function rotateAndKill(rotator: LogRotator): Promise<void> {
    for (let rotation = 1; rotation <= ROTATIONS; rotation += 1) {
      do {
        await writeOn();
        await rotator.check();
      } while ((await timesRotated()) < rotation);
      if (rotation % 4 !== 0) for (const writer of writers) writer.reopen();
      if (rotation % Math.floor(ROTATIONS / (KILLS + 1)) === 0 && writers.length < WRITERS + KILLS) {
        await writers[writers.length - WRITERS]?.killWhileItWrites();
        startWriter();
      }
    }
  }

  async function writeOn(): Promise<void> {
    for (let step = 0; step < STEPS_OF_A_ROTATION; step += 1) {
      for (const writer of writers) writer.allow(Math.ceil(LINES / ROTATIONS / STEPS_OF_A_ROTATION));
      await delay(STEP_MS);
    }
  }

  async function timesRotated(): Promise<number> {
    return new Set((await rotatedFiles(folder)).map((file) => file.replace(/\.gz$/, ''))).size;
  }

  async function untilAllIsCompressed(rotator: LogRotator): Promise<void> {
    while ((await rotatedFiles(folder)).some((file) => file.endsWith('.log'))) {
      await rotator.check();
      await delay(100);
    }
  }
});
