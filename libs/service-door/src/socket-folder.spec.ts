import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeToOthers, removeStaleSockets } from './socket-folder.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evernest-door-'));
});
afterEach(() => rm(folder, { recursive: true }));

const LISTEN =
  'require("net").createServer().listen(process.argv[1], () => process.stdout.write("listening"))';

/** A process that was killed while it listened. @returns its pid, and the name of the socket it left */
async function killedWorker(app = 'shop') {
  const child = spawn('sh', ['-c', `exec ${process.execPath} -e '${LISTEN}' ${folder}/${app}-0.$$.sock`]);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return `${app}-0.${child.pid}.sock`;
}

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

describe('the folder of the sockets', () => {
  it('is made for its owner alone, and its parents as usual', async () => {
    const parents = join(folder, 'state');
    await closeToOthers(join(parents, 'run'));
    expect(await modeOf(join(parents, 'run'))).toBe(0o700);
    expect(await modeOf(parents)).toBe(0o777 & ~process.umask());
  });

  it.each([0o755, 0o777, 0o500, 0o710])('is mended if its mode is %o', async (mode) => {
    const run = join(folder, 'run');
    await mkdir(run);
    await chmod(run, mode);
    await closeToOthers(run);
    expect(await modeOf(run)).toBe(0o700);
  });

  it('loses what killed workers of the app left', async () => {
    const stale = await killedWorker();
    expect(await readdir(folder)).toEqual([stale]);
    expect(await removeStaleSockets(folder, 'shop')).toEqual([stale]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('loses what an earlier process with the same pid left, as in a container', async () => {
    const name = `shop-0.${process.pid}.sock`;
    await writeFile(join(folder, name), '');
    expect(await removeStaleSockets(folder, 'shop')).toEqual([name]);
  });

  it('keeps what belongs to others', async () => {
    const others = [
      await killedWorker('warehouse'),
      `shop-0.${process.ppid}.sock`,
      'shop-0.1.sock',
      'shop.db',
      'shop-0.999999999.sock.txt',
    ].toSorted();
    for (const name of others.filter((file) => !file.startsWith('warehouse'))) {
      await writeFile(join(folder, name), '');
    }
    expect(await removeStaleSockets(folder, 'shop')).toEqual([]);
    expect((await readdir(folder)).toSorted()).toEqual(others);
  });

  it('keeps a socket at which somebody answers, whatever its pid says', async () => {
    const stale = await killedWorker();
    await rm(join(folder, stale));
    const server = createServer((socket) => socket.end()).listen(join(folder, stale));
    await once(server, 'listening');
    expect(await removeStaleSockets(folder, 'shop')).toEqual([]);
    server.close();
    await once(server, 'close');
  });
});
