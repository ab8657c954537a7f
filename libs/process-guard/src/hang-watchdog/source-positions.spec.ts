import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SourceMapPositions } from './source-positions.js';

/** Line 1, column 1 of the built file is line 5, column 3 of the first source. */
const MAPPINGS = 'AAIE';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evernest-maps-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function builtWith(map: string | object): { file: string; line: number; column: number } {
  const file = join(folder, 'built #1.js');
  writeFileSync(`${file}.map`, typeof map === 'string' ? map : JSON.stringify(map));
  return { file, line: 1, column: 1 };
}

const originOf = (position: { file: string; line: number; column: number }) =>
  new SourceMapPositions().originOf(position);

describe('the position in the source', () => {
  const map = { version: 3, sources: ['../src/books.ts'], names: [], mappings: MAPPINGS };

  it('is what the map beside the file tells', () => {
    expect(originOf(builtWith(map))).toEqual({ file: join(folder, '../src/books.ts'), line: 5, column: 3 });
  });

  it.each(['/srv/code', '/srv/code/', pathToFileURL('/srv/code').href])(
    'is below the root %s',
    (sourceRoot) => {
      const position = builtWith({ ...map, sources: ['books.ts'], sourceRoot });
      expect(originOf(position).file).toBe('/srv/code/books.ts');
    },
  );

  it.each<[string, string | object]>([
    ['nonsense', 'nonsense'],
    ['null', 'null'],
    ['no map', { version: 3 }],
    ['for other lines only', { ...map, mappings: '' }],
    ['of sources that are no files', { ...map, sources: ['webpack://app/books.ts'] }],
    [
      'too large',
      `{"version":3,"sources":["x.ts"],"names":[],"mappings":"AAIE"}${' '.repeat(5 * 1024 * 1024)}`,
    ],
  ])('is that in the built file if the map is %s', (_case, content) => {
    const position = builtWith(content);
    expect(originOf(position)).toEqual(position);
  });

  it('is that in the built file if there is no map, or no file', () => {
    const position = { file: join(folder, 'none.js'), line: 3, column: 4 };
    expect(originOf(position)).toEqual(position);
    expect(originOf({ ...position, file: 'node:internal/timers' })).toMatchObject({
      file: 'node:internal/timers',
    });
  });
});
