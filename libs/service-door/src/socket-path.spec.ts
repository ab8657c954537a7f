import fc from 'fast-check';
import { requireShortEnough, socketOwner, socketPath, splitSocketPath } from './socket-path.js';

const app = fc.stringMatching(/^[a-z][a-z0-9.-]{0,12}$/);
const number = fc.nat();

describe('the path of a socket', () => {
  it('tells the app, the worker and the process', () => {
    expect(socketPath('/var/run', 'catalog', 3, 4711)).toBe('/var/run/catalog-3.4711.sock');
    fc.assert(
      fc.property(app, number, number, (name, pmId, pid) => {
        const path = socketPath('/run', name, pmId, pid);
        expect(splitSocketPath(path)).toEqual({ folder: '/run', app: name });
        expect(socketOwner(path.slice('/run/'.length), name)).toEqual({ pmId, pid });
        expect(socketOwner(path.slice('/run/'.length), `${name}-x`)).toBeUndefined();
        expect(socketOwner(path.slice('/run/'.length), `${name}-${pmId}`)).toBeUndefined();
      }),
    );
  });

  it('has worker 0 and its own process where nothing else is said', () => {
    expect(socketPath('/run', 'catalog', null)).toBe(`/run/catalog-0.${process.pid}.sock`);
  });

  it.each(['catalog.sock', 'catalog-0.sock', 'catalog-0.x.sock', '-0.1.sock', 'catalog-0.1.sock.tmp'])(
    'is not %s',
    (file) => {
      expect(() => splitSocketPath(`/run/${file}`)).toThrow(
        `cannot be at /run/${file}: the file must be called`,
      );
    },
  );

  it('may be as long as the system allows, in bytes', () => {
    const longest = process.platform === 'linux' ? 107 : 103;
    expect(() => requireShortEnough('x'.repeat(longest))).not.toThrow();
    const tooLong = `${'x'.repeat(longest - 1)}ü`;
    expect(() => requireShortEnough(tooLong)).toThrow(
      `The service door cannot be at ${tooLong}: the path of a socket may have ${longest} bytes, and this one has ${longest + 1}.`,
    );
  });
});
