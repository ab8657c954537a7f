import { join } from 'node:path';
import { startTarget } from './start-target.js';

/** Starts all at once. @throws what kept one from starting, once none runs any more. */
export async function startTargets({ targets, folder, ...options }) {
  const started = await Promise.allSettled(
    targets.map((target) => startTarget({ target, folder: join(folder, target.name), ...options })),
  );
  const running = started.filter(({ status }) => status === 'fulfilled').map(({ value }) => value);
  const failed = started.find(({ status }) => status === 'rejected');
  if (!failed) return running;
  await stopAll(running);
  throw failed.reason;
}

export async function stopAll(running) {
  await Promise.all(running.map(({ stop }) => stop()));
}
