import fc from 'fast-check';
import { formatTcpAddress, isLoopback, parseTcpAddress } from './tcp-address.js';

const port = fc.integer({ min: 0, max: 65_535 });
const host = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain());

describe('an address on TCP', () => {
  it('is read as it is written', () => {
    fc.assert(
      fc.property(host, port, (name, number) => {
        const address = { host: name, port: number };
        expect(parseTcpAddress(formatTcpAddress(address))).toEqual(address);
      }),
    );
  });

  it.each([
    '',
    'tcp:',
    'tcp:9000',
    'tcp::9000',
    'tcp:host',
    'tcp:host:',
    'tcp:host:65536',
    'tcp:host:-1',
    'tcp:host:9e3',
    'tcp:::1:9000',
    'tcp:[::1]',
    'tcp:[host]:9000',
    'tcp:a b:9000',
    'tcp://host:9000',
    'udp:host:9000',
    'host:9000',
    ' tcp:host:9000',
  ])('is not %j', (text) => expect(parseTcpAddress(text)).toBeUndefined());
});

describe('the loopback', () => {
  it('is all of 127.0.0.0/8, also as IPv6 maps it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isLoopback(address)).toBe(address.startsWith('127.'));
        expect(isLoopback(`::ffff:${address}`)).toBe(address.startsWith('127.'));
      }),
    );
    expect(isLoopback('127.3.2.1')).toBe(true);
    expect(isLoopback('::ffff:127.3.2.1')).toBe(true);
  });

  it.each(['::1', '0:0:0:0:0:0:0:1', 'localhost', 'LOCALHOST'])('is %s', (name) =>
    expect(isLoopback(name)).toBe(true),
  );

  it.each(['::', '0.0.0.0', '::2', 'fe80::1', 'localhost.example.org', '127.0.0.1.example.org', '127.1', ''])(
    'is not %j',
    (name) => expect(isLoopback(name)).toBe(false),
  );
});
