import { resolve } from 'node:path';
import { ServiceDoorError } from './service-door-error.js';
import { requireShortEnough, splitSocketPath } from './socket-path.js';
import { formatTcpAddress, isLoopback, type TcpAddress } from './tcp-address.js';

/** A Unix socket, reachable by processes of the same user. */
export interface UnixDoor {
  /** As `socketPath()` makes it. Its folder is made if it is missing, and closed to other users. */
  readonly path: string;
}

/** A TCP port, for scrapers that cannot open a Unix socket. */
export interface TcpDoor {
  readonly tcp: TcpAddress & {
    /** What callers must send as a bearer token, health routes excepted; needed unless the host is this machine alone. */
    readonly token: string | null;
  };
}

/** Where the service door is. */
export type ServiceDoorOptions = UnixDoor | TcpDoor;

export const SERVICE_DOOR_OPTIONS = Symbol('SERVICE_DOOR_OPTIONS');

/** Checks and freezes. @throws ServiceDoorError for a place where the door cannot or must not be. */
export function resolveServiceDoorOptions(given: ServiceDoorOptions): ServiceDoorOptions {
  const names = Object.keys(given);
  if (names.length !== 1 || !['path', 'tcp'].includes(names[0]!)) {
    throw new ServiceDoorError(
      `The service door takes either path or tcp, and was given ${names.join(', ') || 'nothing'}.`,
    );
  }
  return Object.freeze('tcp' in given ? tcpDoor(given) : unixDoor(given));
}

/** The place, in words. */
export function describeDoor(door: ServiceDoorOptions): string {
  return 'tcp' in door ? formatTcpAddress(door.tcp) : door.path;
}

function unixDoor(given: UnixDoor): UnixDoor {
  const path = resolve(given.path);
  splitSocketPath(path);
  requireShortEnough(path);
  return { path };
}

function tcpDoor({ tcp: { host, port, token } }: TcpDoor): TcpDoor {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ServiceDoorError(`The service door's tcp.port must be 0 to 65535, and is ${port}.`);
  }
  if (!token && !isLoopback(host)) {
    throw new ServiceDoorError(
      `The service door must not be open to everybody at ${formatTcpAddress({ host, port })}: set tcp.token, or choose 127.0.0.1.`,
    );
  }
  return { tcp: Object.freeze({ host, port, token: token || null }) };
}
