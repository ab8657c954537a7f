import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { dirname } from 'node:path';

/** Two supervisors would act on the same workers. */
export class SupervisorRunsError extends Error {
  override readonly name = 'SupervisorRunsError';

  constructor(readonly socketPath: string) {
    super(`another supervisor of this state folder runs: it listens at ${socketPath}. Stop it first.`);
  }
}

/**
 * Makes sure that there is one supervisor of a state folder, by a socket that only one can listen at and that no killed one holds.
 * @returns what lets the next one in
 * @throws SupervisorRunsError
 */
export async function beSoleSupervisor(socketPath: string): Promise<() => void> {
  mkdirSync(dirname(socketPath), { recursive: true, mode: 0o700 });
  const server = (await tryToListen(socketPath)) ?? (await takeOver(socketPath));
  server.unref();
  return () => server.close();
}

/** The file of a supervisor that was killed stays. */
async function takeOver(socketPath: string): Promise<Server> {
  if (await answers(socketPath)) throw new SupervisorRunsError(socketPath);
  rmSync(socketPath, { force: true });
  const server = await tryToListen(socketPath);
  if (!server) throw new SupervisorRunsError(socketPath);
  return server;
}

async function tryToListen(socketPath: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  server.listen(socketPath);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

async function answers(socketPath: string): Promise<boolean> {
  const socket = connect(socketPath);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
