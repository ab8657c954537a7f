import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NewLines } from './new-lines.js';

let folder;
let file;
let lines;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evernest-lines-'));
  file = join(folder, 'lines');
  lines = new NewLines(file);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the new lines of a file', () => {
  it('are none before there is one', () => {
    expect(lines.next()).toEqual([]);
    appendFileSync(file, '');
    expect(lines.next()).toEqual([]);
    appendFileSync(file, 'one\n');
    expect(lines.next()).toEqual(['one']);
  });

  it('are given once', () => {
    appendFileSync(file, 'one\ntwo\n');
    expect(lines.next()).toEqual(['one', 'two']);
    expect(lines.next()).toEqual([]);
    appendFileSync(file, 'three\n');
    expect(lines.next()).toEqual(['three']);
  });

  it('are given when they are whole, also if a look came in the middle of a character', () => {
    const [start, end] = [Buffer.from('one\ntw€\n').subarray(0, -2), Buffer.from('tw€\n').subarray(-2)];
    appendFileSync(file, start);
    expect(lines.next()).toEqual(['one']);
    appendFileSync(file, end);
    expect(lines.next()).toEqual(['tw€']);
  });

  it('include the last ones of a file that was renamed, before those of its successor', () => {
    appendFileSync(file, 'one\n');
    lines.next();
    appendFileSync(file, 'two\n');
    renameSync(file, join(folder, 'lines.1'));
    expect(lines.next()).toEqual([]);
    appendFileSync(file, 'three\n');
    expect(lines.next()).toEqual(['two', 'three']);
  });

  it('are all of a successor whose predecessor is gone', () => {
    appendFileSync(file, 'one\n');
    lines.next();
    appendFileSync(`${file}.whole`, 'one\ntwo\n');
    renameSync(`${file}.whole`, file);
    expect(lines.next()).toEqual(['one', 'two']);
  });

  it('begin again where the file was cut short', () => {
    appendFileSync(file, 'one\ntwo\n');
    lines.next();
    truncateSync(file, 0);
    appendFileSync(file, 'three\n');
    expect(lines.next()).toEqual(['three']);
  });
});
