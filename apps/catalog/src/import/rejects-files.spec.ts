import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RejectsFiles } from './rejects-files.js';

describe('RejectsFiles', () => {
  let folder: string;
  const path = (name: string) => join(folder, name);
  const content = (name: string) => readFile(path(name), 'utf8');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evernest-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes the columns and values of the source, and why', async () => {
    const rejects = await RejectsFiles.create(path('bad.csv'), []);
    await rejects.write([reject(['title', 'isbn'], ['A "b", c', 'x\ry'])]);
    await rejects.close();
    expect(await content('bad.csv')).toBe(
      'title,isbn,rejectedLine,rejectedColumn,rejectedReason\n"A ""b"", c","x\ry",7,isbn,is wrong\n',
    );
  });

  it('starts a file beside the first for rows under another header, but none that is to be read', async () => {
    await writeFile(path('bad-2.csv'), 'title\n');
    const rejects = await RejectsFiles.create(path('bad.csv'), [path('bad-2.csv')]);
    await rejects.write([reject(['title'], ['']), reject(['Title'], ['x']), reject(['title'], ['y'])]);
    await rejects.close();
    expect(rejects.paths).toEqual([path('bad.csv'), path('bad-3.csv')]);
    expect((await content('bad.csv')).split('\n').length).toBe(4);
    expect((await content('bad-3.csv')).split('\n').length).toBe(3);
    expect(await content('bad-2.csv')).toBe('title\n');
  });

  it('does not repeat the reasons of an earlier round', async () => {
    const header = ['title', 'rejectedLine', 'rejectedColumn', 'rejectedReason'];
    const rejects = await RejectsFiles.create(path('bad.csv'), []);
    await rejects.write([reject(header, ['x', '3', 'isbn', 'was wrong'])]);
    await rejects.close();
    expect(await content('bad.csv')).toBe(
      'title,rejectedLine,rejectedColumn,rejectedReason\nx,7,isbn,is wrong\n',
    );
  });

  it('leaves no file when nothing is rejected, not even an old one', async () => {
    await writeFile(path('bad.csv'), 'of yesterday');
    const rejects = await RejectsFiles.create(path('bad.csv'), []);
    await rejects.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not overwrite what is to be read, under whatever name', async () => {
    await writeFile(path('books.csv'), 'title\n');
    await symlink(path('books.csv'), path('link.csv'));
    await expect(RejectsFiles.create(path('link.csv'), [path('books.csv')])).rejects.toThrow(
      'is one of the files to read',
    );
    expect(await content('books.csv')).toBe('title\n');
  });
});

function reject(header: string[], fields: string[]) {
  return { file: 'books.csv', line: 7, column: 'isbn', reason: 'is wrong', header, fields };
}
