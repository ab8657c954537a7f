import fc from 'fast-check';
import { formatUdpAddress, parseUdpAddress } from './udp-address.js';

describe('an address for datagrams', () => {
  it('is read as it is written', () => {
    const host = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain());
    fc.assert(
      fc.property(host, fc.integer({ min: 1, max: 65_535 }), (name, port) => {
        const address = { host: name, port };
        expect(parseUdpAddress(formatUdpAddress(address))).toEqual(address);
      }),
    );
  });

  it('has port 0 only where something listens', () => {
    expect(parseUdpAddress('127.0.0.1:0')).toBeUndefined();
    expect(parseUdpAddress('127.0.0.1:0', 0)).toEqual({ host: '127.0.0.1', port: 0 });
  });

  it.each([
    '',
    ':9616',
    '9616',
    'host',
    'host:',
    'host:65536',
    'host:-1',
    'host:9e3',
    '::1:9616',
    '[::1]',
    '[host]:9616',
    'a b:9616',
    'udp://host:9616',
    ' host:9616',
  ])('is not %j', (text) => expect(parseUdpAddress(text)).toBeUndefined());
});
