import type { Decision } from './decision.js';

/** The end of one process of one worker, as it was observed. */
export interface WorkerEnd {
  readonly pmId: number;
  readonly pid: number;
  /** From its own answers; null if it never gave one. */
  readonly bootId: string | null;
  /** By the clock on the wall. */
  readonly startedAtMs: number;
  /** When it was missed, by the clock on the wall. */
  readonly atMs: number;
}

/** Where decisions keep the ends that they are about: `evidence.ends`. */
export function endsOf({ evidence }: Decision): readonly WorkerEnd[] {
  const { ends } = evidence;
  return Array.isArray(ends) ? ends.filter(isWorkerEnd) : [];
}

/** Whether a decision is about this worker, or brought it to its end, as a roll-out does with all the old ones. */
export function concernsWorker(decision: Decision, pmId: number): boolean {
  return decision.worker?.pmId === pmId || endsOf(decision).some((end) => end.pmId === pmId);
}

/** Numbers of processes are given again: the boot decides, and without it the moment of the start. */
export function isSameProcess(
  one: Pick<WorkerEnd, 'pid' | 'bootId' | 'startedAtMs'>,
  other: Pick<WorkerEnd, 'pid' | 'bootId' | 'startedAtMs'>,
): boolean {
  if (one.bootId !== null && other.bootId !== null) return one.bootId === other.bootId;
  return one.pid === other.pid && one.startedAtMs === other.startedAtMs;
}

function isWorkerEnd(value: unknown): value is WorkerEnd {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, startedAtMs, bootId } = value as Record<string, unknown>;
  return (
    typeof pid === 'number' &&
    typeof startedAtMs === 'number' &&
    (bootId === null || typeof bootId === 'string')
  );
}
