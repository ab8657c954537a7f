import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, RouteOptions } from 'fastify';

/** The constraint by which the router tells the routes of the service door from all others. */
export const DOOR_CONSTRAINT = 'serviceDoor';

const THROUGH_DOOR = Symbol('evernest.through-service-door');

type MarkedMessage = IncomingMessage & { [THROUGH_DOOR]?: true };

/** Says of a request that it came through the service door: a mark that nothing a client sends can set. */
export function markThroughDoor(request: IncomingMessage): void {
  (request as MarkedMessage)[THROUGH_DOOR] = true;
}

/** Whether a request came through the service door. */
export function isThroughServiceDoor(request: IncomingMessage): boolean {
  return (request as MarkedMessage)[THROUGH_DOOR] === true;
}

/** Whether a route, as Fastify's `onRoute` hook shows it, is served at the service door alone. */
export function isServiceDoorRoute({ constraints }: Pick<RouteOptions, 'constraints'>): boolean {
  return constraints?.[DOOR_CONSTRAINT] === true;
}

/**
 * Teaches the router the constraint, before there are routes that have it. At the front door the router itself does not
 * find them, so whatever answers unknown routes answers there.
 */
export function registerDoorConstraint(fastify: FastifyInstance): void {
  fastify.addConstraintStrategy({
    name: DOOR_CONSTRAINT,
    storage() {
      const handlers = new Map<unknown, never>();
      return {
        get: (value: unknown) => handlers.get(value) ?? null,
        set: (value: unknown, handler: never) => void handlers.set(value, handler),
      };
    },
    deriveConstraint: (request: IncomingMessage) => (isThroughServiceDoor(request) ? true : undefined),
  });
}
