import { readdirSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const PATIENCE_MS = 2_000;

/** A figure of a worker's own metrics, all its series added up; undefined if it cannot be had. */
export async function metricOf(stateDir, pid, name) {
  const exposition = await askDoor(stateDir, pid, '/metrics').catch(() => '');
  const samples = exposition
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .map((line) => Number(line.slice(line.lastIndexOf(' '))));
  return samples.length === 0 ? undefined : samples.reduce((sum, value) => sum + value);
}

function askDoor(stateDir, pid, path) {
  const folder = join(stateDir, 'run');
  return new Promise((resolve, reject) => {
    const socket = readdirSync(folder).find((file) => file.endsWith(`.${pid}.sock`));
    if (!socket) throw new Error(`no service door of ${pid}`);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    get({ socketPath: join(folder, socket), path, signal }, (response) => resolve(text(response))).on(
      'error',
      reject,
    );
  });
}
