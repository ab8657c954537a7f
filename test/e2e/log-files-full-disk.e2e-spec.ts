import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { LogFile } from '../../libs/logging/src/files/log-file.js';

const DISK_BYTES = 256 * 1024;
const LINES = 5000;
const FILLER_BYTES = 100_000;

const canMount = process.getuid?.() === 0 && process.platform === 'linux' && mounts();

/** Some containers keep root from mounting. */
function mounts(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe(`a disk of ${DISK_BYTES} bytes${canMount ? '' : ' (left out: only root may mount one)'}`, () => {
  const itOnDisk = canMount ? it : it.skip;
  let disk: string;

  beforeEach(async () => {
    disk = await mkdtemp(join(tmpdir(), 'evernest-disk-'));
    if (canMount) execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', disk]);
  });

  afterEach(async () => {
    if (canMount) execFileSync('umount', [disk]);
    await rm(disk, { recursive: true });
  });

  itOnDisk('that is full costs lines only beyond the bound; each other is there once and whole', async () => {
    const told: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(told.push(String(text))));
    const path = join(disk, 'combined.log');
    const file = new LogFile(path, { maxQueuedBytes: 64 * 1024 });
    await writeFile(join(disk, 'filler'), Buffer.alloc(FILLER_BYTES));
    for (let number = 0; number < LINES; number += 1) {
      file.write(`${JSON.stringify({ number, text: 'x'.repeat(number % 200) })}\n`, 'droppable');
      if (number % 100 === 0 && told.length === 0) await file.flush();
    }
    expect(told).toEqual([expect.stringMatching(/^combined\.log cannot be written.*ENOSPC/)]);

    await rm(join(disk, 'filler'));
    await file.flush();
    await file.close();
    const { whole, torn } = linesOf(await readFile(path, 'utf8'));
    const numbers = whole.filter(({ number }) => number !== undefined).map(({ number }) => number);
    expect(torn).toBeLessThanOrEqual(1);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(file.losses.lines).toBeGreaterThan(0);
    expect(numbers).toEqual(Array.from({ length: LINES - file.losses.lines }, (_, number) => number));
    expect(whole.at(-1)).toMatchObject({ level: 'warn', lostLines: file.losses.lines });
  });
});

function linesOf(log: string) {
  const whole: { number?: number; level?: string }[] = [];
  let torn = 0;
  for (const line of log.split('\n').filter((text) => text !== '')) {
    try {
      whole.push(JSON.parse(line) as { number?: number });
    } catch {
      torn += 1;
    }
  }
  return { whole, torn };
}
