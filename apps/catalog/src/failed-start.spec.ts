import { DatabaseUnavailableError } from '@evernest/database';
import { ServiceDoorError } from '@evernest/service-door';
import { EnvironmentError } from '@evernest/environment';
import { parseEnvironment } from './environment.js';
import { describe as describeFailure } from './failed-start.js';

describe('a failed start', () => {
  it.each([
    [
      new EnvironmentError(['PORT must be a port number, 0 to 65535.'], parseEnvironment({})),
      'PORT must be a port number, 0 to 65535.',
    ],
    [
      new DatabaseUnavailableError('PostgreSQL cannot be reached: connect ECONNREFUSED 127.0.0.1:1'),
      'PostgreSQL cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Check DATABASE_URL and STATE_DIR, and that the database runs.',
    ],
    [
      Object.assign(new Error('listen'), { code: 'EADDRINUSE', address: '127.0.0.1', port: 3000 }),
      'port 3000 on 127.0.0.1 is taken. Stop what uses it, or set PORT to another one.',
    ],
    [
      Object.assign(new Error('listen'), {
        code: 'EACCES',
        syscall: 'listen',
        address: '127.0.0.1',
        port: 80,
      }),
      'no right to listen on port 80 on 127.0.0.1. Set PORT to one above 1023.',
    ],
    [
      new ServiceDoorError('The service door cannot be opened at tcp:127.0.0.1:9000: it is taken.'),
      'The service door cannot be opened at tcp:127.0.0.1:9000: it is taken. Check SERVICE_DOOR and STATE_DIR.',
    ],
    ['a string', 'a string'],
  ])('is told in a sentence: %s', (error, sentence) => {
    expect(describeFailure(error)).toBe(sentence);
  });

  it('tells the stack of what only a developer can mend', () => {
    expect(describeFailure(new TypeError('x is not a function'))).toMatch(/x is not a function\n +at /);
  });
});
