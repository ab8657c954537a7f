import { resolve } from 'node:path';
import { parseEnvironment } from './environment.js';

describe('the environment of the log collector', () => {
  it('has the loopback and the state folder for defaults', () => {
    expect(parseEnvironment({})).toEqual({
      listen: { host: '127.0.0.1', port: 9616 },
      file: resolve('var/log/collected.log'),
    });
  });

  it('says where to listen and to write', () => {
    expect(parseEnvironment({ LOG_COLLECTOR: '[::]:5170', STATE_DIR: '/srv/state' })).toEqual({
      listen: { host: '::', port: 5170 },
      file: '/srv/state/log/collected.log',
    });
  });

  it('does not tell the value of a variable that is wrong', () => {
    expect(() => parseEnvironment({ LOG_COLLECTOR: 'secret' })).toThrow(
      /^LOG_COLLECTOR must be HOST:PORT, such as [^ ]+ or [^ ]+\.$/,
    );
  });
});
