import { copyFileSync, mkdirSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { failure } from '../../../scripts/failure.js';
import { freePort } from '../../support/free-port.js';
import { coresFor } from '../load/cores.js';
import { WRITE_TOKEN } from './write-token.js';

const ASK_EVERY_MS = 2;
const PATIENCE_MS = 60_000;
const FIRST_REQUEST = '/books/1';

/**
 * Starts a target with a copy of the database in a folder of its own, and resolves once it has answered a request.
 * @param {object} options
 * @param {boolean} [options.apart] whether it stays off the core of the load generator, by default true
 */
export async function startTarget({ target, folder, databaseFile, apart = true, signal }) {
  mkdirSync(folder, { recursive: true });
  const ownFile = join(folder, 'catalog.db');
  copyFileSync(databaseFile, ownFile);
  const port = await freePort();
  const startedAt = performance.now();
  const processes = await target.launch({
    name: target.name,
    folder,
    databaseFile: ownFile,
    port,
    cores: apart ? coresFor(target.processes ?? 1) : [],
    writeToken: WRITE_TOKEN,
  });
  const origin = `http://127.0.0.1:${port}`;
  try {
    await whenAnswered(`${origin}${FIRST_REQUEST}`, { target, processes, signal });
    const readyMs = performance.now() - startedAt;
    // A cluster's other workers.
    await processes.allReady?.();
    return { target, name: target.name, origin, readyMs, ...processes };
  } catch (error) {
    await processes.stop();
    throw error;
  }
}

async function whenAnswered(url, { target, processes, signal }) {
  const deadline = performance.now() + PATIENCE_MS;
  while ((await statusOf(url)) !== 200) {
    signal.throwIfAborted();
    processes.pids();
    if (performance.now() > deadline)
      throw failure(`${target.name} answered no request in ${PATIENCE_MS / 1000} s.`);
    await delay(ASK_EVERY_MS);
  }
}

function statusOf(url) {
  return new Promise((resolve) => {
    const request = get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', () => resolve(undefined));
  });
}
