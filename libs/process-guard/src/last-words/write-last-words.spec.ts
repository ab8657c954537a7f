import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Boot } from './boot.js';
import { composeLastWords } from './compose-last-words.js';
import { keepNewest, writeLastWords } from './write-last-words.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'evernest-words-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const boot = (bootId = 'boot-1'): Boot => ({ bootId, pid: 7, pmId: 3 });
const END = { cause: 'fatal-error', exitCode: 70, message: 'a timer broke' } as const;

describe('last words', () => {
  it('are one JSON file with all fields, for the owner alone', () => {
    writeLastWords(join(folder, 'guard'), composeLastWords(boot(), END));
    const file = join(folder, 'guard/boot-1.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      ...boot(),
      ...END,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      stack: null,
      request: null,
      memory: {
        rssBytes: expect.any(Number),
        heapUsedBytes: expect.any(Number),
        heapLimitBytes: expect.any(Number),
        externalBytes: expect.any(Number),
      },
      uptimeSeconds: expect.any(Number),
      evidence: {},
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('replace earlier ones of the same start, and leave nothing unfinished', () => {
    writeLastWords(folder, composeLastWords(boot(), END));
    writeLastWords(folder, composeLastWords(boot(), { ...END, message: 'later' }));
    expect(readdirSync(folder)).toEqual(['boot-1.json']);
    expect(readFileSync(join(folder, 'boot-1.json'), 'utf8')).toContain('"later"');
  });

  it('are whole or not there at all when they cannot be written', () => {
    mkdirSync(join(folder, 'boot-1.json'));
    expect(() => writeLastWords(folder, composeLastWords(boot(), END))).toThrow();
    expect(readdirSync(folder)).toEqual(['boot-1.json']);
  });

  it('say whatever was thrown, in valid JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        writeLastWords(folder, composeLastWords(boot(), { ...END, message, stack: message }));
        const words = JSON.parse(readFileSync(join(folder, 'boot-1.json'), 'utf8'));
        expect(words).toMatchObject({ message, stack: message });
      }),
      { numRuns: 50 },
    );
  });

  it('are kept of the newest fifty starts', () => {
    for (let start = 10; start < 70; start += 1) {
      const file = join(folder, `20260101T0000000${start}Z-7-0000.json`);
      writeFileSync(file, '{}');
      utimesSync(file, start, start);
    }
    writeLastWords(folder, composeLastWords(boot('20260101T000000099Z-7-0000'), END));
    const kept = readdirSync(folder).toSorted();
    expect(kept).toHaveLength(50);
    expect(kept[0]).toBe('20260101T000000021Z-7-0000.json');
    expect(kept.at(-1)).toBe('20260101T000000099Z-7-0000.json');
  });
});

it('last words never push out files of others', () => {
  for (let file = 0; file < 60; file += 1) writeFileSync(join(folder, `invoice-${file}.json`), '{}');
  writeLastWords(folder, composeLastWords(boot('20260101T000000099Z-7-0000'), END));
  expect(readdirSync(folder)).toHaveLength(61);
});

it('keepNewest leaves other files alone', () => {
  for (const name of ['a.json', 'b.json', 'recycle.lock']) writeFileSync(join(folder, name), '');
  keepNewest(folder, '.json', 1);
  expect(readdirSync(folder)).toHaveLength(2);
  expect(readdirSync(folder)).toContain('recycle.lock');
});
