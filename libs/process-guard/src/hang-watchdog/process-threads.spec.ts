import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { cpuTimes, mainThreadCpuWaitMs, processThreads } from './process-threads.js';

const onLinux = existsSync('/proc/self/task') ? describe : describe.skip;

onLinux('the threads of this process, as the kernel tells', () => {
  it('are the main one, which is running, and others', () => {
    const threads = processThreads();
    expect(threads.find(({ role }) => role === 'main')).toMatchObject({ id: process.pid, state: 'R' });
    expect(threads.filter(({ role }) => role === 'other').length).toBeGreaterThan(1);
  });

  it('say what a thread that waits is waiting for', async () => {
    const sleeper = new Worker(`Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`, {
      eval: true,
    });
    await once(sleeper, 'online');
    expect(processThreads().some(({ role, waitsIn }) => role === 'other' && waitsIn?.includes('futex'))).toBe(
      true,
    );
    await sleeper.terminate();
  });

  it('use processor time, which is counted for the main thread and its helpers', () => {
    const before = cpuTimes();
    const end = performance.now() + 60;
    while (performance.now() < end);
    const after = cpuTimes();
    expect(after.mainMs).toBeGreaterThan(before.mainMs);
    expect(after.helpersMs).toBeGreaterThan(0);
  });

  it('may have waited for a processor', () => {
    expect(mainThreadCpuWaitMs()).toBeGreaterThan(0);
    expect(mainThreadCpuWaitMs()).toBeLessThan(process.uptime() * 1000);
  });
});
