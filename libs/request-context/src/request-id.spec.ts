import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { requestIdFrom } from './request-id.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

function requestWith(id?: string | string[]): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  if (id !== undefined) request.headers['x-request-id'] = id;
  return request;
}

describe('requestIdFrom', () => {
  it.each(['a', 'req-1', '01HZX.trace:7_b', 'x'.repeat(128)])('takes the sane id %s', (id) => {
    expect(requestIdFrom(requestWith(id))).toBe(id);
  });

  it.each([undefined, '', 'two words', 'a, b', 'a\nb', 'é', '<script>', 'x'.repeat(129), ['a']])(
    'makes a UUID instead of %j',
    (id) => {
      expect(requestIdFrom(requestWith(id))).toMatch(UUID);
    },
  );

  it('makes a new UUID each time', () => {
    expect(requestIdFrom(requestWith())).not.toBe(requestIdFrom(requestWith()));
  });
});
