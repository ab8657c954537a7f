import { randomBytes } from 'node:crypto';

/** One start of one process. */
export interface Boot {
  /** Sorts by the time of the start: `20261121T114557123Z-4711-9f3c`. */
  readonly bootId: string;
  readonly pid: number;
  /** pm2's number of the worker; null outside pm2. */
  readonly pmId: number | null;
}

/** The random end tells containers apart that share a folder and in which every service has the pid 1. */
const BOOT_ID = `${startOfProcess()}-${process.pid}-${randomBytes(2).toString('hex')}`;

/** This start of this process. */
export function thisBoot(pmId: number | null): Boot {
  return Object.freeze({ bootId: BOOT_ID, pid: process.pid, pmId });
}

function startOfProcess(): string {
  return new Date(Date.now() - process.uptime() * 1000).toISOString().replaceAll(/[-:.]/g, '');
}
