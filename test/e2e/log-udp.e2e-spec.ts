import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readCollected } from '../support/log-udp/collected-file.js';
import { COLLECTOR, CollectorProcess, LITTLE_ROOM } from '../support/log-udp/collector-process.js';
import { SenderProcess, type Sent } from '../support/log-udp/sender-process.js';

const SENDERS = [0, 1, 2];

let folder: string;
let file: string;
let collectors: CollectorProcess[];
let senders: SenderProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evernest-'));
  file = join(folder, 'log', 'collected.log');
  collectors = [];
  senders = [];
});

afterEach(async () => {
  for (const sender of senders) sender.kill();
  await Promise.all(collectors.map((collector) => collector.end('SIGKILL')));
  await rm(folder, { recursive: true, force: true });
});

async function collect(script: string, args: readonly string[]): Promise<CollectorProcess> {
  const collector = await CollectorProcess.start(script, args, folder);
  collectors.push(collector);
  return collector;
}

function startSenders(port: number): SenderProcess[] {
  senders = SENDERS.map((worker) => new SenderProcess(port, worker));
  return senders;
}

/** Each line that was sent is in the file once and in order, or told to be lost. @returns how many were lost */
async function lossesOf(sent: readonly Sent[]): Promise<number> {
  const collected = await readCollected(file);
  let losses = 0;
  for (const { id, lines } of sent) {
    const { numbers, lost } = collected(id);
    expect(numbers.every((number, at) => at === 0 || number > numbers[at - 1]!)).toBe(true);
    expect(`${id}: ${numbers.length + lost}`).toBe(`${id}: ${lines}`);
    losses += lost;
  }
  return losses;
}

async function all<T>(act: (sender: SenderProcess) => Promise<T>): Promise<T[]> {
  return Promise.all(senders.map(act));
}

describe('lines that three processes send to a log collector', () => {
  it('are all in its file, each once and in order, or told to be lost', async () => {
    const collector = await collect(COLLECTOR, ['--listen', '127.0.0.1:0', '--file', file]);
    startSenders(collector.port);
    await all((sender) => sender.send(20_000, 5));
    const sent = await all((sender) => sender.close());
    const { exitCode, stderr } = await collector.end('SIGTERM');

    const lost = await lossesOf(sent);
    expect(sent.map(({ lines }) => lines)).toEqual([20_000, 20_000, 20_000]);
    expect(stderr).toContain(`Received ${60_000 - lost} lines of 3 senders; ${lost} were lost`);
    expect(exitCode).toBe(0);
  });

  it('are told to be lost when they come faster than its socket can hold', async () => {
    const collector = await collect(LITTLE_ROOM, [file]);
    startSenders(collector.port);
    await all((sender) => sender.send(5000, 500));
    const sent = await all((sender) => sender.close());
    await collector.end('SIGTERM');

    expect(await lossesOf(sent)).toBeGreaterThan(0);
  });

  it('are accounted for when it stands still for a second', async () => {
    const collector = await collect(LITTLE_ROOM, [file]);
    startSenders(collector.port);
    await all((sender) => sender.send(100, 1));
    collector.signal('SIGSTOP');
    await all((sender) => sender.send(2000, 10));
    await pause(1000);
    collector.signal('SIGCONT');
    await all((sender) => sender.send(100, 1));
    const sent = await all((sender) => sender.close());
    await collector.end('SIGTERM');

    expect(await lossesOf(sent)).toBeGreaterThan(3000);
  });

  it('are accounted for when it is away and comes back', async () => {
    const first = await collect(COLLECTOR, ['--listen', '127.0.0.1:0', '--file', file]);
    const { port } = first;
    startSenders(port);
    await all((sender) => sender.send(1000, 5));
    await first.end('SIGINT');
    await all((sender) => sender.send(500, 5));
    const second = await collect(COLLECTOR, ['--listen', `127.0.0.1:${port}`, '--file', file]);
    await all((sender) => sender.send(1000, 5));
    const sent = await all((sender) => sender.close());
    await second.end('SIGTERM');

    expect(await lossesOf(sent)).toBeGreaterThanOrEqual(1500);
    expect(sent.map(({ failures }) => failures > 0)).toEqual([true, true, true]);
  });
});

describe('the command log-collector', () => {
  it('ends with 2 and a sentence when an option is wrong', async () => {
    const { exitCode, stderr } = await (await collect(COLLECTOR, ['--listen', 'nowhere'])).end();
    expect(stderr).toMatch(/--listen.*HOST:PORT/);
    expect(exitCode).toBe(2);
  });

  it('ends with 1 and a sentence when another one listens there', async () => {
    const { port } = await collect(COLLECTOR, ['--listen', '127.0.0.1:0', '--file', file]);
    const second = await collect(COLLECTOR, ['--listen', `127.0.0.1:${port}`, '--file', file]);
    const { exitCode, stderr } = await second.end();
    expect(stderr).toMatch(/^The log collector cannot start: .*EADDRINUSE[^\n]*\n$/);
    expect(exitCode).toBe(1);
  });
});
