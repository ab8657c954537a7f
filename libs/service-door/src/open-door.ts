import { unlinkSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, ListenOptions } from 'node:net';
import { types } from 'node:util';
import { Logger } from '@nestjs/common';
import { ServiceDoorError } from './service-door-error.js';
import { describeDoor, type ServiceDoorOptions, type UnixDoor } from './service-door-options.js';
import { closeToOthers, removeStaleSockets } from './socket-folder.js';
import { splitSocketPath } from './socket-path.js';
import { formatTcpAddress } from './tcp-address.js';

/** How long the last answers may take once the application has closed. Whoever waits for longer is cut off. */
const LAST_ANSWERS_MS = 500;

/** A door that is open. */
export interface OpenDoor {
  /** The path of the socket, or `tcp:HOST:PORT` with the port that was taken. */
  readonly address: string;
  close(): Promise<void>;
}

/** @throws ServiceDoorError naming the place and the reason. */
export async function openDoor(server: Server, door: ServiceDoorOptions): Promise<OpenDoor> {
  try {
    return 'tcp' in door ? await openTcp(server, door.tcp) : await openUnix(server, door);
  } catch (error) {
    server.close();
    const reason = types.isNativeError(error) ? error.message : String(error);
    throw new ServiceDoorError(`The service door cannot be opened at ${describeDoor(door)}: ${reason}.`, {
      cause: error,
    });
  }
}

async function openTcp(server: Server, { host, port }: { host: string; port: number }): Promise<OpenDoor> {
  await listen(server, { host, port });
  const address = formatTcpAddress({ host, port: (server.address() as AddressInfo).port });
  return { address, close: () => closeServer(server) };
}

async function openUnix(server: Server, { path }: UnixDoor): Promise<OpenDoor> {
  const { folder, app } = splitSocketPath(path);
  await closeToOthers(folder);
  const stale = await removeStaleSockets(folder, app);
  if (stale.length > 0)
    new Logger('ServiceDoor').log(`removed what killed workers left: ${stale.join(', ')}`);
  await listen(server, { path });
  // Until here the folder's mode kept others out.
  await chmod(path, 0o600);
  const unlinkAtExit = () => unlinkIfThere(path);
  process.once('exit', unlinkAtExit);
  return {
    address: path,
    async close() {
      // Node removes the file with the server.
      await closeServer(server);
      process.off('exit', unlinkAtExit);
    },
  };
}

/** `exclusive`: the primary of a cluster would share one socket among all workers. */
async function listen(server: Server, place: ListenOptions): Promise<void> {
  server.listen({ ...place, exclusive: true });
  await once(server, 'listening');
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const deadline = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
  await closed;
  clearTimeout(deadline);
}

/** The way out that runs no shutdown hooks, such as a deadline that has passed. */
function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone already.
  }
}
