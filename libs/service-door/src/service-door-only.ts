import { RouteConstraints } from '@nestjs/platform-fastify';
import { DOOR_CONSTRAINT } from './door-constraint.js';

type Handler = (...args: never[]) => unknown;
type Constraints = Readonly<Record<string, unknown>> | undefined;

/** Where Nest keeps what `@RouteConstraints` says. */
const CONSTRAINTS_METADATA = RouteConstraints({}).KEY;

/**
 * Marks a controller, or one of its handlers, as served at the service door alone: at the front door, and wherever there
 * is no service door, the answer is that of an unknown route. On a handler it stands above `@RouteConstraints`.
 * @throws Error for a controller that inherits handlers: mark those where they are written.
 */
export function ServiceDoorOnly(): ClassDecorator & MethodDecorator {
  return (target: object, name?: string | symbol, descriptor?: PropertyDescriptor) => {
    if (name !== undefined) markHandler(descriptor?.value as Handler);
    else markController((target as { prototype: object }).prototype);
  };
}

/** Whether a handler of a controller is served at the service door alone; for guards and interceptors. */
export function isServiceDoorOnly(handler: object): boolean {
  return constraintsOf(handler)?.[DOOR_CONSTRAINT] === true;
}

function markController(prototype: object): void {
  for (const handler of methodsOf(prototype)) markHandler(handler);
  const inherited = inheritedMethods(prototype).find(
    (method) => Reflect.hasMetadata('path', method) && !isServiceDoorOnly(method),
  );
  if (!inherited) return;
  throw new Error(
    `${prototype.constructor.name} is @ServiceDoorOnly() and inherits the handler ${inherited.name}, which would be served at every door: mark it where it is written.`,
  );
}

function markHandler(handler: Handler): void {
  RouteConstraints({ ...constraintsOf(handler), [DOOR_CONSTRAINT]: true })(handler);
}

function constraintsOf(handler: object): Constraints {
  return Reflect.getMetadata(CONSTRAINTS_METADATA, handler) as Constraints;
}

function methodsOf(prototype: object): Handler[] {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([name, { value }]) => name !== 'constructor' && typeof value === 'function')
    .map(([, { value }]) => value as Handler);
}

function inheritedMethods(prototype: object): Handler[] {
  const parent: unknown = Object.getPrototypeOf(prototype);
  if (typeof parent !== 'object' || parent === null || parent === Object.prototype) return [];
  return [...methodsOf(parent), ...inheritedMethods(parent)];
}
