import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessLog } from './access-log.js';

it('never throws, whatever takes its lines does', () => {
  const write = jest.fn(() => {
    throw new Error('boom');
  });
  const log = new AccessLog({ format: ':status', write }, () => undefined);
  const reply = { raw: { headersSent: true, statusCode: 200, writableFinished: true } } as FastifyReply;
  expect(() => log.log({} as FastifyRequest, reply)).not.toThrow();
  expect(write).toHaveBeenCalledWith('200\n');
});
