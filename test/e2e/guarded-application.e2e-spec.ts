import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GUARDED_MAIN } from '../support/guarded-app.js';

interface Inventory {
  readonly listeners: Record<string, number>;
  readonly resources: Record<string, number>;
}

it('leaves no listener, timer or thread behind when the application is closed, and the process ends by itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'evernest-close-'));
  const child = fork(join(dirname(GUARDED_MAIN), 'open-and-close.js'), {
    env: { PATH: process.env['PATH'], GUARD_OPTIONS: JSON.stringify({ folder }) },
  });
  const seen: Record<string, Inventory> = {};
  child.on('message', (message) => Object.assign(seen, message));
  const exit = await once(child, 'exit');
  rmSync(folder, { recursive: true });
  const { before, open, after } = seen as Record<'before' | 'open' | 'after', Inventory>;

  expect(open.listeners['uncaughtException']).toBe((before.listeners['uncaughtException'] ?? 0) + 1);
  expect(after.listeners).toEqual(before.listeners);
  expect(after.resources['Timeout'] ?? 0).toBe(before.resources['Timeout'] ?? 0);
  expect(after.resources['MessagePort'] ?? 0).toBe(before.resources['MessagePort'] ?? 0);
  expect(exit).toEqual([0, null]);
});
