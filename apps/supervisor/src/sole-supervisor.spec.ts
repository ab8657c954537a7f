import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beSoleSupervisor } from './sole-supervisor.js';

let folder: string;
let socketPath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evernest-sole-'));
  socketPath = join(folder, 'supervisor', 'lock.sock');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the supervisor of a state folder', () => {
  it('is the only one, until it ends', async () => {
    const end = await beSoleSupervisor(socketPath);
    await expect(beSoleSupervisor(socketPath)).rejects.toMatchObject({
      name: 'SupervisorRunsError',
      message: expect.stringContaining(socketPath),
    });
    end();
    const endOfNext = await beSoleSupervisor(socketPath);
    endOfNext();
  });

  it('follows one that was killed and left its socket', async () => {
    const end = await beSoleSupervisor(join(folder, 'supervisor', 'other.sock'));
    end();
    const code = `require('node:net').createServer().listen(${JSON.stringify(socketPath)}, () => console.log('up'))`;
    const killed = spawn(process.execPath, ['-e', code]);
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const endOfNext = await beSoleSupervisor(socketPath);
    endOfNext();
  });
});
