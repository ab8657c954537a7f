import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dependenciesAreCurrent } from './dependencies.js';

describe('dependenciesAreCurrent', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dependencies-'));
    mkdirSync(join(root, 'node_modules'));
    writeLock('package-lock.json', { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } });
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function writeLock(path: string, packages: object) {
    writeFileSync(join(root, path), JSON.stringify({ packages }));
  }

  it('is false before the first install', () => {
    expect(dependenciesAreCurrent(root)).toBe(false);
  });

  it('is true when npm installed what the lockfile asks for', () => {
    writeLock('node_modules/.package-lock.json', {
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    });
    expect(dependenciesAreCurrent(root)).toBe(true);
  });

  it.each([
    ['another version', { 'node_modules/a': { version: '0.9.0', integrity: 'sha512-a' } }],
    ['other contents', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } }],
    ['no such package', {}],
  ])('is false when npm installed %s', (_what, packages) => {
    writeLock('node_modules/.package-lock.json', packages);
    expect(dependenciesAreCurrent(root)).toBe(false);
  });

  it('does not miss an optional package that is made for another machine', () => {
    writeLock('package-lock.json', { 'node_modules/b': { version: '1.0.0', optional: true } });
    writeLock('node_modules/.package-lock.json', {});
    expect(dependenciesAreCurrent(root)).toBe(true);
  });

  it('is false when an install was interrupted while npm wrote its record', () => {
    writeFileSync(join(root, 'node_modules/.package-lock.json'), '{"packages":');
    expect(dependenciesAreCurrent(root)).toBe(false);
  });
});
