import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findRotatedFiles, isCurrentFile } from './find-log-files.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evernest-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (...names: readonly string[]) =>
  Promise.all(names.map((name) => writeFile(join(folder, name), '')));
const at = (time: string) => Date.parse(`2026-11-21T${time}Z`);

describe('the rotated files of a log', () => {
  it('are told the oldest first, and no others', async () => {
    await write(
      'combined.log',
      'combined-2026-11-21T18-00-00.123Z.log',
      'combined-2026-11-21T18-00-00.123Z-1.log.gz',
      'combined-2026-11-21T18-00-00.123Z-10.log.gz',
      'combined-2026-11-21T18-00-00.123Z-2.log.gz',
      'combined-2026-11-20T23-00-00.000Z.log.gz',
      'combined-2026-11-21T19-00-00.000Z.log.gz.tmp',
      'combined-old.log',
      'combined.log.1',
      'access-2026-11-21T18-00-00.123Z.log',
    );
    const files = await findRotatedFiles(join(folder, 'combined.log'));
    expect(files.map(({ path, isCompressed }) => [basename(path), isCompressed])).toEqual([
      ['combined-2026-11-20T23-00-00.000Z.log', true],
      ['combined-2026-11-21T18-00-00.123Z.log', false],
      ['combined-2026-11-21T18-00-00.123Z-1.log', true],
      ['combined-2026-11-21T18-00-00.123Z-2.log', true],
      ['combined-2026-11-21T18-00-00.123Z-10.log', true],
    ]);
  });

  it('are told once when they are being compressed, as they were', async () => {
    await write('a-2026-11-21T18-00-00.123Z.log', 'a-2026-11-21T18-00-00.123Z.log.gz');
    expect(await findRotatedFiles(join(folder, 'a.log'))).toMatchObject([{ isCompressed: false }]);
  });

  it('begin with the rotation before, and end with what was last written, or their own', async () => {
    await write('a-2026-11-21T18-00-00.000Z.log.gz', 'a-2026-11-21T19-00-00.000Z.log');
    await utimes(join(folder, 'a-2026-11-21T18-00-00.000Z.log.gz'), 0, at('22:00:00') / 1000);
    await utimes(join(folder, 'a-2026-11-21T19-00-00.000Z.log'), 0, at('20:00:00') / 1000);
    expect(await findRotatedFiles(join(folder, 'a.log'))).toMatchObject([
      { startsAtMs: -Infinity, endsAtMs: at('18:00:10') },
      { startsAtMs: at('17:59:50'), endsAtMs: at('20:00:00') },
    ]);
  });

  it('are none where there is no folder', async () => {
    expect(await findRotatedFiles(join(folder, 'none', 'a.log'))).toEqual([]);
  });
});

it.each([
  ['/var/log/combined.log', true],
  ['combined-2026-11-21T18-00-00.123Z.log', false],
  ['combined-2026-11-21T18-00-00.123Z-1.log', false],
  ['combined.log.gz', false],
  ['combined.log.1', false],
])('%s is the file that a log is written to: %j', (path, expected) => {
  expect(isCurrentFile(path)).toBe(expected);
});
