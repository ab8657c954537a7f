import { createSocket } from 'node:dgram';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startLogCollector, type RunningLogCollector } from './start-log-collector.js';
import { UdpSender } from './udp-sender.js';

describe('a log collector', () => {
  let folder: string;
  let file: string;
  let running: RunningLogCollector[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evernest-'));
    file = join(folder, 'log', 'collected.log');
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map((collector) => collector.stop()));
    await rm(folder, { recursive: true });
  });

  async function collect({ host = '127.0.0.1', port = 0 } = {}): Promise<RunningLogCollector> {
    const collector = await startLogCollector({ address: { host, port }, file, tell: () => {} });
    running.push(collector);
    return collector;
  }

  it.each(['127.0.0.1', '::1', 'localhost'])('listens on %s', async (host) => {
    const collector = await collect({ host });
    const sender = new UdpSender({ address: collector.address, tell: () => {} });
    sender.send('{"message":"hello"}');
    await sender.close();
    await collector.stop();
    expect(await readFile(file, 'utf8')).toContain(`{"message":"hello","sender":"${sender.id}","seq":1}\n`);
    expect(collector.figures()).toMatchObject({ received: 1, lost: 0 });
  });

  it('takes what has arrived before it stops', async () => {
    const collector = await collect();
    const socket = createSocket('udp4');
    const { host, port } = collector.address;
    for (let seq = 1; seq <= 100; seq += 1) {
      await new Promise<void>((sent) => {
        socket.send(`{"sender":"a","seq":${seq}}`, port, host, () => sent());
      });
    }
    await collector.stop();
    socket.close();
    expect(collector.figures().received).toBe(100);
  });

  it('goes on where its file ends', async () => {
    const first = await collect();
    const sender = new UdpSender({ address: first.address, tell: () => {} });
    sender.send('{}');
    await sender.close();
    await first.stop();
    const second = await collect();
    expect(second.figures().senders).toMatchObject([{ sender: sender.id, last: 1, received: 0, lost: 0 }]);
  });

  it('rotates its file, and writes on', async () => {
    await mkdir(join(folder, 'log'));
    await writeFile(file, '');
    await truncate(file, 64 * 1024 * 1024);
    const collector = await collect();
    while (await isThere(file)) await pause(50);
    const sender = new UdpSender({ address: collector.address, tell: () => {} });
    sender.send('{}');
    await sender.close();
    await collector.stop();
    expect(await readFile(file, 'utf8')).toContain(sender.id);
    expect(await readdir(join(folder, 'log'))).toContainEqual(expect.stringMatching(/^collected-.*Z\.log$/));
  });

  it('does not begin where another one listens', async () => {
    const { address } = await collect();
    await expect(collect({ port: address.port })).rejects.toThrow('EADDRINUSE');
  });

  it('counts lines as lost that its file cannot hold', async () => {
    const collector = await collect();
    await rm(join(folder, 'log'), { recursive: true, force: true });
    await writeFile(join(folder, 'log'), 'no folder');
    const sender = new UdpSender({ address: collector.address, tell: () => {} });
    const line = JSON.stringify({ message: 'x'.repeat(7000) });
    for (let count = 0; count < 1500; count += 1) {
      sender.send(line);
      if (count % 50 === 0) await new Promise(setImmediate);
    }
    await sender.close();
    await collector.stop();
    const { received, lost, refused } = collector.figures();
    expect(received + lost).toBe(1500);
    expect(refused).toBeGreaterThan(200);
  });
});

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
