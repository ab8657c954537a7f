import { resolveServiceDoorOptions, type ServiceDoorOptions } from './service-door-options.js';

describe('the options of the service door', () => {
  it('are frozen, and the path is absolute', () => {
    const options = resolveServiceDoorOptions({ path: 'run/shop-0.1.sock' });
    expect(options).toEqual({ path: `${process.cwd()}/run/shop-0.1.sock` });
    expect(Object.isFrozen(options)).toBe(true);
  });

  it('take an empty token for none', () => {
    const tcp = { host: '::1', port: 0, token: '' };
    expect(resolveServiceDoorOptions({ tcp })).toEqual({ tcp: { ...tcp, token: null } });
  });

  it.each([
    [{}, 'takes either path or tcp, and was given nothing'],
    [
      { path: 'shop-0.1.sock', tcp: { host: '::1', port: 1, token: null } },
      'takes either path or tcp, and was given path, tcp',
    ],
    [{ socket: 'x' }, 'takes either path or tcp, and was given socket'],
    [{ path: '/run/shop.sock' }, '/run/shop.sock: the file must be called'],
    [{ path: `/${'x'.repeat(107)}/shop-0.1.sock` }, 'the path of a socket may have'],
    [{ tcp: { host: '::1', port: 65_536, token: null } }, 'tcp.port must be 0 to 65535, and is 65536'],
    [
      { tcp: { host: '0.0.0.0', port: 9000, token: null } },
      'open to everybody at tcp:0.0.0.0:9000: set tcp.token',
    ],
    [{ tcp: { host: '::', port: 9000, token: '' } }, 'open to everybody at tcp:[::]:9000: set tcp.token'],
  ])('cannot be %j', (options, message) => {
    expect(() => resolveServiceDoorOptions(options as ServiceDoorOptions)).toThrow(message);
  });
});
