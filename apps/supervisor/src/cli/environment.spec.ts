import { resolve } from 'node:path';
import { addressOf, parseEnvironment } from './environment.js';

describe('the environment of the command line', () => {
  it('has the defaults of the supervisor', () => {
    expect(parseEnvironment({})).toEqual({
      host: '127.0.0.1',
      port: 9615,
      token: null,
      stateDir: resolve('var'),
    });
  });

  it('reaches a supervisor that listens on all addresses at the loopback one', () => {
    expect(addressOf(parseEnvironment({ OPS_HOST: '0.0.0.0', OPS_PORT: '80' }))).toBe('http://127.0.0.1:80');
    expect(addressOf(parseEnvironment({ OPS_HOST: '::' }))).toBe('http://[::1]:9615');
  });

  it.each([
    ['OPS_PORT', '0'],
    ['OPS_PORT', '65536'],
    ['OPS_PORT', '96a'],
    ['OPS_HOST', 'http://ops'],
    ['OPS_TOKEN', 'sec ret'],
    ['OPS_TOKEN', 'sécret'],
  ])('names %s when it cannot be, and does not tell its value', (name, value) => {
    const parse = () => parseEnvironment({ [name]: value });
    expect(parse).toThrow(name);
    expect(parse).not.toThrow(value);
  });
});
