import type { ProcessDescription } from 'pm2';
import type { ProcessState } from '../fleet/worker.js';
import type { ManagedProcess } from './process-manager.js';

const STATES: Readonly<Record<string, ProcessState>> = {
  online: 'online',
  launching: 'online',
  stopping: 'stopping',
  stopped: 'stopped',
  errored: 'crashed',
  // Between two starts of a crash loop.
  'waiting restart': 'online',
};

/** A process of pm2 in the supervisor's own words. */
export function toManagedProcess({
  pm_id: pmId = -1,
  pid,
  pm2_env: environment = {},
}: ProcessDescription): ManagedProcess {
  const state = STATES[environment.status ?? ''] ?? 'stopped';
  // Between two starts pm2 goes on telling of the former process, so that even those are seen that live for a moment.
  const hasProcess = Boolean(pid) && (state === 'online' || state === 'stopping');
  return {
    pmId,
    pid: hasProcess ? Number(pid) : null,
    state,
    isStarting: environment.status === 'launching',
    restarts: environment.restart_time ?? 0,
    startedAtMs: hasProcess ? (environment.pm_uptime ?? null) : null,
  };
}
