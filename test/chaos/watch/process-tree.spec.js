import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { processesWith } from './process-tree.js';

it('finds a process by the environment that it was started with, until it ends', async () => {
  const value = `of ${process.pid}`;
  const child = spawn('sleep', ['60'], { env: { PATH: process.env.PATH, MARK_OF_A_TEST: value } });
  await once(child, 'spawn');
  expect(processesWith('MARK_OF_A_TEST', value)).toEqual([child.pid]);
  expect(processesWith('MARK_OF_A_TEST', 'of')).toEqual([]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(processesWith('MARK_OF_A_TEST', value)).toEqual([]);
});
