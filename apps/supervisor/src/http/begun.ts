import type { FastifyReply } from 'fastify';
import type { Decision } from '../decisions/decision.js';

/** How the API's description words an action that has begun. */
export const BEGUN = {
  description: 'It has begun. Its outcome will be at the Location, and among the events.',
  headers: { Location: { description: 'Where to read the decision.', schema: { type: 'string' } } },
} as const;

/** Says where to read how it goes on. */
export function answerBegun(decision: Decision, reply: FastifyReply): Decision {
  reply.header('Location', `/decisions/${encodeURIComponent(decision.id)}`);
  return decision;
}
