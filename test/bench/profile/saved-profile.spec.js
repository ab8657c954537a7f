import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder, readProfile, saveProfile } from './saved-profile.js';

let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'saved-profile-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('a saved profile', () => {
  const run = { requests: 5, mainThreadMicroseconds: 20 };
  const profile = { nodes: [], samples: [], timeDeltas: [] };

  it('is read as it was saved, with what was served meanwhile', () => {
    const file = join(folder, 'a.cpuprofile');
    saveProfile(file, { profile, run });
    expect(readProfile(file)).toEqual({ ...profile, run });
  });

  it.each([
    ['no JSON', 'nothing', 'cannot be read as a profile'],
    ['no profile', '{}', 'is no profile of npm run profile'],
    ['a profile that does not know its requests', JSON.stringify(profile), 'does not tell what was served'],
    ['null', 'null', 'is no profile of npm run profile'],
  ])('is refused in a sentence when it is %s', (_case, text, sentence) => {
    const file = join(folder, 'a.cpuprofile');
    writeFileSync(file, text);
    expect(() => readProfile(file)).toThrow(sentence);
  });

  it('is refused in a sentence when it is not there', () => {
    expect(() => readProfile(join(folder, 'none'))).toThrow('cannot be read as a profile: ENOENT');
  });
});

describe('makeFolder', () => {
  it('makes it, and takes it back while it is empty', () => {
    const made = join(folder, 'a', 'b');
    const takeBack = makeFolder(made);
    expect(existsSync(made)).toBe(true);
    takeBack();
    expect(existsSync(made)).toBe(false);
  });

  it('leaves it when there is something in it', () => {
    const takeBack = makeFolder(folder);
    writeFileSync(join(folder, 'kept'), '');
    takeBack();
    expect(existsSync(join(folder, 'kept'))).toBe(true);
  });

  it('says in a sentence that it cannot', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => makeFolder(join(folder, 'file', 'a'))).toThrow(/file\/a cannot be made: ENOTDIR/);
  });
});
