import { ProbeFailure, type HealthProbe } from '@evernest/health';
import type { ProcessGuard } from '@evernest/process-guard';

/** Reading it costs nothing, and a verdict must be seen at once. */
const UNCACHED = { cacheMs: 0 };

/** How the worker is; down when a restart is the cure, or is under way. */
export function guardProbe(guard: ProcessGuard): HealthProbe {
  return {
    name: 'guard',
    ...UNCACHED,
    check: () => {
      const status = { ...guard.status() };
      if (guard.isLive) return status;
      throw new ProbeFailure(status.reason ?? status.verdict, status);
    },
  };
}

/** Down as soon as the worker leaves, so that no new traffic comes. */
export function drainProbe(guard: ProcessGuard): HealthProbe {
  return {
    name: 'drain',
    ...UNCACHED,
    check: () => {
      if (guard.isDraining) throw new ProbeFailure('The worker is leaving and takes no new requests.');
    },
  };
}
