import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Preloaded into every process of a cluster (`NODE_OPTIONS=--import`): it breaks workers from outside, so that the product carries no
 * fault code, and tells the harness what only a worker can know. It does the same to both targets.
 */
// Of the cluster's workers pm2 sets the environment later, from this variable of its own.
const { CHAOS_CLOCK, CHAOS_FOLDER, CHAOS_SCRIPT, name, pm_exec_path, pm_id } = {
  ...process.env,
  ...JSON.parse(process.env.pm2_env ?? '{}'),
};

if (CHAOS_CLOCK) {
  // In all processes: they have one clock.
  const { setClockBy } = await import('./clock.js');
  setClockBy(CHAOS_CLOCK);
}

if (CHAOS_FOLDER && CHAOS_SCRIPT && pm_exec_path === CHAOS_SCRIPT) {
  // Only what a worker needs, and not in the daemon or in the command line of pm2.
  const { tellConnections } = await import('./connections.js');
  const { openSideDoor } = await import('./side-door.js');
  const { obeyFiles, obeyRequests } = await import('./obey.js');
  const workers = join(CHAOS_FOLDER, 'workers');
  writeFileSync(
    join(workers, String(process.pid)),
    JSON.stringify({ pid: process.pid, pmId: Number(pm_id), name, startedAt: Date.now() }),
  );
  tellConnections(join(CHAOS_FOLDER, 'connections'));
  openSideDoor(join(CHAOS_FOLDER, 'doors', `${process.pid}.sock`));
  obeyRequests();
  obeyFiles(join(CHAOS_FOLDER, 'faults'));
}
