import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '../watch/workers.js';
import { ServiceManager } from './service-manager.js';

let manager;
afterEach(() => manager.stop());

function keep(code) {
  manager = new ServiceManager([process.execPath, '-e', code], process.env);
  manager.start();
}

async function pidOtherThan(former) {
  while (manager.pid === undefined || manager.pid === former) await delay(5);
  return manager.pid;
}

it('starts its program again when that is killed', async () => {
  keep('setInterval(() => {}, 1000)');
  const first = await pidOtherThan(undefined);
  process.kill(first, 'SIGKILL');
  expect(isAlive(await pidOtherThan(first))).toBe(true);
});

it('stops its program by a signal, and does not start it again', async () => {
  keep('setInterval(() => {}, 1000)');
  const pid = await pidOtherThan(undefined);
  await manager.stop();
  expect([isAlive(pid), manager.pid]).toEqual([false, undefined]);
});
