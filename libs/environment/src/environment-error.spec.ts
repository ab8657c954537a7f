import { inspect } from 'node:util';
import { EnvironmentError } from './environment-error.js';

it('shows the problems and none of the values', () => {
  const error = new EnvironmentError(['PORT must be a port number.'], { token: 'hunter2' });
  expect(error.environment).toEqual({ token: 'hunter2' });
  expect(error.message).toBe('PORT must be a port number.');
  expect(JSON.stringify(Object.entries(error)) + inspect(error, { showHidden: true })).not.toContain(
    'hunter2',
  );
});
