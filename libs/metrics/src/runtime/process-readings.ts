import { readFile, readdir } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import type { Reading } from '../readings/reading.js';

const MICROSECONDS = 1e6;

/** The process as the operating system sees it, under the names that all Prometheus clients use. */
export const PROCESS_READINGS: readonly Reading[] = [
  {
    name: 'process_cpu_seconds_total',
    help: 'Processor time that the process has used.',
    type: 'counter',
    read() {
      const { user, system } = process.cpuUsage();
      return (user + system) / MICROSECONDS;
    },
  },
  {
    name: 'process_cpu_user_seconds_total',
    help: 'Processor time that the process has used for itself.',
    type: 'counter',
    read: () => process.cpuUsage().user / MICROSECONDS,
  },
  {
    name: 'process_cpu_system_seconds_total',
    help: 'Processor time that the system has used for the process.',
    type: 'counter',
    read: () => process.cpuUsage().system / MICROSECONDS,
  },
  {
    name: 'process_resident_memory_bytes',
    help: 'Resident memory.',
    type: 'gauge',
    read: () => process.memoryUsage.rss(),
  },
  {
    name: 'process_start_time_seconds',
    help: 'When the process was started, by the clock on the wall.',
    type: 'gauge',
    read: () => performance.timeOrigin / 1000,
  },
  {
    name: 'nodejs_version_info',
    help: 'The version of Node.js.',
    type: 'gauge',
    label: 'version',
    read: () => ({ [process.version]: 1 }),
  },
  ...(process.platform === 'linux' ? linuxReadings() : []),
];

function linuxReadings(): Reading[] {
  return [
    {
      name: 'process_open_fds',
      help: 'Open file descriptors.',
      type: 'gauge',
      // Without the one that reads the folder.
      read: async () => (await readdir('/proc/self/fd')).length - 1,
    },
    {
      name: 'process_max_fds',
      help: 'How many file descriptors may be open.',
      type: 'gauge',
      async read() {
        const [, limit] = /^Max open files +(\d+)/m.exec(await readFile('/proc/self/limits', 'utf8')) ?? [];
        return limit === undefined ? null : Number(limit);
      },
    },
  ];
}
