import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { atLeast, exactly, within } from '../expectations/bounds.js';
import { mountDisk, unmountDisk } from '../mounts.js';
import { metricOf } from '../watch/service-door.js';

const DISK = 'size=96m';
/** Of each worker; twice what waits in its memory. */
const STORM_MEGABYTES = 24;
const STORM_MS = 8_000;
const READ_ONLY_MS = 5_000;
const RESUMES_WITHIN_MS = 3_000;
const LOST_LINES = 'evernest_log_lines_lost_total';

export default {
  number: 27,
  name: 'log-disk-full',
  fault: 'the disk of the logs is full while each worker logs 24 MB, then its folder is read-only for 5 s',
  mustHold: '0 requests lost, every lost line counted, logs go on ≤ 3 s after each',
  isQuick: true,
  prepare({ folder, target, after }) {
    const logs = join(folder, target.name === 'evernest' ? 'state/log' : 'pm2/logs');
    mountDisk(logs, DISK);
    after(() => unmountDisk(logs));
    return { logs };
  },
  async run(trial) {
    const { logs } = trial.prepared;
    const { stateDir } = trial.cluster;
    const { pids } = trial;
    const storm = (megabytes) => pids.forEach((pid) => trial.order(pid, `log-storm ${megabytes}`));
    const lostLines = async () =>
      sum(await Promise.all(pids.map((pid) => metricOf(stateDir, pid, LOST_LINES))));

    trial.begin();
    const filler = join(logs, 'filler');
    fill(filler);
    storm(STORM_MEGABYTES);
    await trial.pause(STORM_MS);
    rmSync(filler);
    const afterFullMs = await resumedAfter(trial, logs);
    const counted = await lostLines();
    const told = await trial.until(() => toldIn(logs) === counted && counted);

    mountDisk(logs, 'ro');
    // Also after an interruption: it lies over the other one.
    await trial.pause(READ_ONLY_MS).finally(() => unmountDisk(logs));
    const afterReadOnlyMs = await resumedAfter(trial, logs);
    const countedLater = await lostLines();
    // The workers are sound: what broke is the disk.
    trial.faulty.clear();
    const { lost, restarts } = await trial.over();

    trial.expect('requests lost', lost.bystanders.length, exactly(0));
    trial.expect('restarts', restarts, exactly(0));
    trial.expect('lines lost, by the metrics', counted, atLeast(1));
    trial.expect('lines lost, as the logs tell', told, exactly(counted));
    trial.expect('logs go on after the full disk', afterFullMs, within(RESUMES_WITHIN_MS));
    trial.expect('logs go on after the read-only folder', afterReadOnlyMs, within(RESUMES_WITHIN_MS));
    trial.expect('lines lost by the read-only folder', countedLater - counted, exactly(0));
  },
};

function fill(file) {
  const fd = openSync(file, 'w');
  const block = Buffer.alloc(1024 * 1024);
  try {
    for (;;) writeSync(fd, block);
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  } finally {
    closeSync(fd);
  }
}

/** @returns after how many ms from now something was written to a log again */
async function resumedAfter(trial, logs) {
  const from = Date.now();
  const written = () => Math.max(...logFiles(logs).map((file) => statSync(file).mtimeMs));
  return trial.until(() => written() > from && Date.now() - from);
}

/** How many lines were lost, as the service's own logs tell. */
function toldIn(logs) {
  const lines = logFiles(logs).flatMap((file) => readFileSync(file, 'utf8').match(/"lostLines":\d+/g) ?? []);
  return sum(lines.map((line) => Number(line.split(':')[1])));
}

function logFiles(logs) {
  return readdirSync(logs)
    .filter((file) => file.endsWith('.log'))
    .map((file) => join(logs, file));
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
