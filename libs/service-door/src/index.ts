export { isServiceDoorRoute, isThroughServiceDoor } from './door-constraint.js';
export { ServiceDoorError } from './service-door-error.js';
export { ServiceDoorModule } from './service-door.module.js';
export { isServiceDoorOnly, ServiceDoorOnly } from './service-door-only.js';
export type { ServiceDoorOptions, TcpDoor, UnixDoor } from './service-door-options.js';
export { ServiceDoor } from './service-door.js';
export { socketPath } from './socket-path.js';
export { formatTcpAddress, isLoopback, parseTcpAddress, type TcpAddress } from './tcp-address.js';
