import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

const TASKS = '/proc/self/task';
/** The kernel tells processor time in these, whatever its own tick is. */
const TICK_MS = 10;

/** What the kernel says of one thread of this process. */
export interface ProcessThread {
  readonly id: number;
  /** `watchdog` is the thread that asks; the others are mostly the engine's helpers. */
  readonly role: 'main' | 'watchdog' | 'other';
  readonly name: string;
  /** R running, S asleep, D waiting for a device, and so on: proc(5). */
  readonly state: string;
  /** The kernel function it sleeps in; null if it runs or the kernel does not tell. */
  readonly waitsIn: string | null;
  /** The number and arguments of the system call it is in, `running`, or null if the kernel does not tell. */
  readonly systemCall: string | null;
  readonly cpuMs: number;
}

/** Every thread of this process; none where there is no `/proc`. */
export function processThreads(): readonly ProcessThread[] {
  const ownId = ownThreadId();
  return threadIds().flatMap((id) => thread(id, roleOf(id, ownId)) ?? []);
}

/** For how long the main thread was ready to run but had no processor, since it began; 0 where the kernel does not tell. */
export function mainThreadCpuWaitMs(): number {
  const [, waitedNanoseconds] = read('/proc/self/schedstat')?.split(' ') ?? [];
  return Number(waitedNanoseconds ?? 0) / 1e6;
}

/** The processor time that the main thread and all but it and the calling one have used so far. */
export function cpuTimes(): { readonly mainMs: number; readonly helpersMs: number } {
  const threads = processThreads();
  const usedBy = (wanted: ProcessThread['role']) =>
    threads.filter(({ role }) => role === wanted).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  return { mainMs: usedBy('main'), helpersMs: usedBy('other') };
}

function roleOf(id: number, ownId: number | undefined): ProcessThread['role'] {
  if (id === process.pid) return 'main';
  return id === ownId ? 'watchdog' : 'other';
}

function thread(id: number, role: ProcessThread['role']): ProcessThread | undefined {
  const stat = read(`${TASKS}/${id}/stat`);
  if (stat === undefined) return undefined; // it has ended
  // The name is in parentheses and may contain any character, these too.
  const nameEnd = stat.lastIndexOf(')');
  const fields = stat.slice(nameEnd + 2).split(' ');
  const [userTicks, systemTicks] = [Number(fields[11]), Number(fields[12])];
  return {
    id,
    role,
    name: stat.slice(stat.indexOf('(') + 1, nameEnd),
    state: fields[0] ?? '?',
    waitsIn: waitsIn(read(`${TASKS}/${id}/wchan`)),
    systemCall: read(`${TASKS}/${id}/syscall`)?.trim() ?? null,
    cpuMs: (userTicks + systemTicks) * TICK_MS,
  };
}

function waitsIn(wchan: string | undefined): string | null {
  return wchan === undefined || wchan === '' || wchan === '0' ? null : wchan;
}

function threadIds(): readonly number[] {
  try {
    return readdirSync(TASKS).map(Number);
  } catch {
    return [];
  }
}

function ownThreadId(): number | undefined {
  try {
    return Number(basename(readlinkSync('/proc/thread-self')));
  } catch {
    return undefined;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}
