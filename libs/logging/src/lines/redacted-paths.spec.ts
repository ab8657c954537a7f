import { logLineMaker } from './log-line.js';
import { parseRedactedPaths } from './redacted-paths.js';

function lineOf(redact: string[], ...args: unknown[]): unknown {
  return logLineMaker({ redact })('info', args, undefined);
}

describe('redacted paths', () => {
  it.each<[string, unknown, unknown]>([
    ['email', { email: 'a', user: { email: 'b' } }, { email: '[redacted]', user: { email: 'b' } }],
    [
      'user.email',
      { email: 'a', user: { email: 'b', id: 1 } },
      { email: 'a', user: { email: '[redacted]', id: 1 } },
    ],
    ['*.email', { user: { email: 'a' }, email: 'b' }, { user: { email: '[redacted]' }, email: 'b' }],
    [
      'items.*.card',
      { items: [{ card: 1 }, { card: 2, id: 3 }] },
      { items: [{ card: '[redacted]' }, { card: '[redacted]', id: 3 }] },
    ],
    ['items.1', { items: ['a', 'b', 'c'] }, { items: ['a', '[redacted]', 'c'] }],
    ['items.*', { items: new Set(['a']) }, { items: ['[redacted]'] }],
    ['user.x-internal', { user: new Map([['x-internal', 1]]) }, { user: { 'x-internal': '[redacted]' } }],
    ['user.name', { user: { toJSON: () => ({ name: 'a' }) } }, { user: { name: '[redacted]' } }],
    ['user', { user: { email: { deep: 1 } } }, { user: '[redacted]' }],
  ])('%s masks that and nothing else', (path, fields, masked) => {
    expect(lineOf([path], 'x', fields)).toMatchObject({ message: 'x', ...(masked as object) });
  });

  it('lets a star and a name at the same place both hold', () => {
    const fields = { user: { email: 'a', phone: 'b', id: 1 }, host: { email: 'c', phone: 'd' } };
    expect(lineOf(['*.email', 'user.phone'], fields)).toMatchObject({
      user: { email: '[redacted]', phone: '[redacted]', id: 1 },
      host: { email: '[redacted]', phone: 'd' },
    });
  });

  it('reaches what was added to errors and their causes, each where it stands in the line', () => {
    const cause = Object.assign(new Error('inner'), { detail: 'a' });
    const first = Object.assign(new Error('outer', { cause }), { detail: 'b' });
    const second = Object.assign(new Error('other'), { detail: 'c' });
    expect(lineOf(['error.causes.*.detail', 'otherErrors.0.detail'], 'x', first, second)).toMatchObject({
      error: { detail: 'b', causes: [{ message: 'inner', detail: '[redacted]' }] },
      otherErrors: [{ message: 'other', detail: '[redacted]' }],
    });
  });

  it('masks a field of the moment', () => {
    const line = logLineMaker({ redact: ['user.id'] })('info', ['x'], { user: { id: 7 } });
    expect(line).toMatchObject({ user: { id: '[redacted]' } });
  });

  it.each(['', '.', 'a.', 'a..b', 'a[0]', 'a["b"]', 'a b', 'a.b.c.d.e.f.g.h.i.j.k'])('refuse %j', (path) => {
    expect(() => parseRedactedPaths(['fine', path])).toThrow(
      `"${path}" is not a path that logging can redact`,
    );
  });

  it('are at most a hundred', () => {
    const paths = Array.from({ length: 101 }, (_, index) => `a.b${index}`);
    expect(() => parseRedactedPaths(paths)).toThrow('Logging redacts 101 paths; at most 100');
    expect(() => parseRedactedPaths(paths.slice(1))).not.toThrow();
  });
});
