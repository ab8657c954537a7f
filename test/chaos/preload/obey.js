import { subscribe } from 'node:diagnostics_channel';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS } from './faults/index.js';

const LOOK_EVERY_MS = 50;

/**
 * A request that carries `x-chaos: <fault>` suffers it in the place of its handler: within its context, as a bug there would. If the
 * fault returns a promise, the handler waits for it.
 */
export function obeyRequests() {
  subscribe('fastify.initialization', ({ fastify }) => {
    fastify.addHook('preHandler', async (request) => {
      const order = request.headers['x-chaos'];
      if (order) await suffer(order, request);
    });
  });
}

/** Faults that no request brings: those in `all` from the start of any process, those in `<pid>` while it runs. */
export function obeyFiles(folder) {
  const own = join(folder, String(process.pid));
  const suffered = new Set();
  const obey = (file) => {
    const order = orderIn(file);
    if (order === '' || suffered.has(order)) return;
    suffered.add(order);
    suffer(order);
  };
  obey(join(folder, 'all'));
  setInterval(() => obey(own), LOOK_EVERY_MS).unref();
}

/** None also if no file can be opened any more: the harness must not be what ends a worker. */
function orderIn(file) {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  } catch {
    return '';
  }
}

/** @param {string} order the name of a fault, and its argument */
function suffer(order, request) {
  const [name, ...args] = order.split(' ');
  return FAULTS[name](...args, request);
}
