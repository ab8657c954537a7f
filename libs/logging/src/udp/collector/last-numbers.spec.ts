import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastNumbers } from './last-numbers.js';
import { accountLine, gapLine, ownLine } from '../collector-lines.js';

describe('the last numbers in a file', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evernest-'));
    file = join(folder, 'collected.log');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('are those of lines, gaps and accounts, for each sender the highest', async () => {
    await writeFile(
      file,
      [
        '{"message":"x","sender":"a","seq":7}',
        '{"message":"x","sender":"a","seq":5}',
        '{"message":"x","sender":"b","seq":1}',
        ownLine(gapLine('b', { first: 2, last: 4, lines: 3 })),
        ownLine(accountLine({ sender: 'c', last: 9, received: 9, lost: 0, repeated: 0 })),
        'null',
        '{"message":"torn","sender":"a","se',
      ].join('\n'),
    );
    expect(await lastNumbers(file)).toEqual(new Map([['a', 7], ['b', 4], ['c', 9]])); // prettier-ignore
  });

  it('are not taken from what a sender says of another', async () => {
    await writeFile(file, '{"gap":{"sender":"a","last":99},"sender":"b","seq":1}\n');
    expect(await lastNumbers(file)).toEqual(new Map([['b', 1]]));
  });

  it('are sought in the end of a large file', async () => {
    const filling = `{"message":"${'x'.repeat(1000)}","sender":"a","seq":1}\n`.repeat(5000);
    await writeFile(file, `{"sender":"long-ago","seq":1}\n${filling}{"sender":"b","seq":2}\n`);
    expect(await lastNumbers(file)).toEqual(new Map([['a', 1], ['b', 2]])); // prettier-ignore
  });

  it('are none if there is no file yet, but a file that cannot be read is a failure', async () => {
    expect(await lastNumbers(file)).toEqual(new Map());
    await expect(lastNumbers(folder)).rejects.toThrow('EISDIR');
  });
});
