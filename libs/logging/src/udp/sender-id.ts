import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/**
 * Names one sender among all that ever send: `HOST/WORKER/PID/RANDOM`, such as `web-1/0/4711/9f2c61d07b1e4a55`. The
 * random part tells a restarted process from the one before, whose number counting starts again is then no gap.
 * @param worker pm2's number; `-` outside pm2
 */
export function senderId(worker: number | undefined): string {
  const host = hostname().replace(/[^\w.-]/g, '_');
  return [host, worker ?? '-', process.pid, randomBytes(8).toString('hex')].join('/');
}
