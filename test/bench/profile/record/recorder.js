import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded into the service, which knows nothing of it: starts and stops V8's profiler when it is asked to through a
 * socket of its own. The service's workers preload it too, and are left alone.
 */
const session = new Session();
const post = promisify(session.post.bind(session));
const ACTIONS = {
  async start({ intervalUs }) {
    await post('Profiler.enable');
    await post('Profiler.setSamplingInterval', { interval: intervalUs });
    await post('Profiler.start');
  },
  async stop() {
    const { profile } = await post('Profiler.stop');
    await post('Profiler.disable');
    writeFileSync(process.env.PROFILE_FILE, JSON.stringify(profile));
  },
};

if (isMainThread) {
  session.connect();
  createServer((socket) => {
    createInterface({ input: socket }).once('line', (line) => void answer(line, socket));
  })
    .listen(process.env.PROFILE_SOCKET)
    .unref();
}

async function answer(line, socket) {
  try {
    const { action, ...input } = JSON.parse(line);
    await ACTIONS[action](input);
    socket.end('done');
  } catch (error) {
    socket.end(error.message);
  }
}
