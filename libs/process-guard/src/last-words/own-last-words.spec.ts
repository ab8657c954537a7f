import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisBoot } from './boot.js';
import { OwnLastWords } from './own-last-words.js';

let folder: string;
let lastWords: OwnLastWords;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evernest-own-words-'));
  lastWords = new OwnLastWords(folder, thisBoot(null));
});
afterEach(() => {
  lastWords.release();
  rmSync(folder, { recursive: true });
});

it('has written nothing before its end', () => {
  expect(lastWords.written).toBeUndefined();
});

it('knows what it has written, and puts what is known later in its place', () => {
  lastWords.write({ cause: 'asked', exitCode: 0, message: 'Asked to stop.' });
  lastWords.write({ cause: 'fatal-error', exitCode: 70, message: 'It broke on the way.' });
  expect(lastWords.written).toMatchObject({ cause: 'fatal-error', message: 'It broke on the way.' });
  expect(readdirSync(folder)).toHaveLength(1);
});
