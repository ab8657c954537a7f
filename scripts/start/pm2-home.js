import { existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { failure } from '../failure.js';
import { run } from '../run.js';
import { pm2Binary, pm2Environment } from './pm2.js';

/** The shortest limit among common systems for the path of a Unix socket, 104 bytes with its end (macOS). */
const LONGEST_SOCKET_PATH = 103;

/** A pm2 home of our own keeps the user's pm2 out of it, unless PM2_HOME asks for another. @throws Failure */
export function choosePm2Home(stateDir) {
  const isOurs = !process.env.PM2_HOME;
  const path = isOurs ? join(stateDir, 'pm2') : process.env.PM2_HOME;
  if (Buffer.byteLength(controlSocket(path)) > LONGEST_SOCKET_PATH) {
    throw failure(`The path ${path} is too long for pm2's sockets: set PM2_HOME to a shorter one.`);
  }
  // Whoever reaches pm2's control socket in it controls the workers.
  if (isOurs && !existsSync(path)) mkdirSync(path, { mode: 0o700 });
  return { path, isOurs };
}

/** Stops what an earlier start left behind when it was killed. @throws Failure when a pm2 that is not ours is there. */
export async function stopOrphanedPm2(root, { path, isOurs }) {
  if (!(await answers(controlSocket(path)))) return;
  if (!isOurs) {
    throw failure(
      `A pm2 already runs in PM2_HOME (${path}): unset PM2_HOME, or add the cluster to that pm2 with ` +
        '"npx pm2 start ecosystem.config.js --env production".',
    );
  }
  console.log('An earlier start was killed and left its workers running; stopping them first…');
  const options = { stdio: 'ignore', cwd: root, env: pm2Environment(path) };
  await run(process.execPath, [pm2Binary(root, 'pm2'), 'kill'], options);
  if (await answers(controlSocket(path))) throw failure(`The pm2 in ${path} does not stop; see its pm2.pid.`);
}

function controlSocket(pm2Home) {
  return join(pm2Home, 'rpc.sock');
}

/** Whether a living process listens there; the file alone outlives one that was killed. */
function answers(socketPath) {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
