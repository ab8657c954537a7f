import { Subject } from 'rxjs';
import { LogLevels, parseLevels, type LevelChange } from '@evernest/logging';
import { SEEN_AT_MS, workerOf } from '../../../../test/support/operations-in-memory.js';
import type { DoorAnswer, DoorRequest, WorkerDoor } from '../fleet/worker-door.js';
import type { Fleet, Worker } from '../fleet/worker.js';
import { FleetLogLevels } from './fleet-log-levels.js';

/** A worker that answers at its door, or not. */
class FakeWorker {
  readonly levels = new LogLevels(parseLevels('info'));
  answers = true;

  async ask({ method, path, body }: DoorRequest): Promise<DoorAnswer> {
    if (!this.answers) throw new Error('no answer');
    try {
      if (method === 'PUT') this.levels.set(body as LevelChange);
      const { searchParams } = new URL(path, 'http://door');
      if (method === 'DELETE') this.levels.reset(searchParams.get('context') ?? undefined);
    } catch (error) {
      return { status: 400, body: JSON.stringify({ detail: (error as Error).message }) };
    }
    return { status: 200, body: JSON.stringify(this.levels.current()) };
  }
}

let peers: FakeWorker[];
let workers: Worker[];
let looks: Subject<Fleet>;
let fleet: FleetLogLevels;
beforeEach(() => {
  jest.useFakeTimers();
  peers = [new FakeWorker(), new FakeWorker()];
  workers = [workerOf(0), workerOf(1)];
  looks = new Subject();
  const door = (pmId: number) => peers[pmId] as Pick<WorkerDoor, 'ask'> as WorkerDoor | undefined;
  fleet = new FleetLogLevels({ door }, looks);
});
afterEach(() => {
  for (const { levels } of peers) levels.stop();
  jest.useRealTimers();
});

async function look(): Promise<void> {
  looks.next({ atMs: SEEN_AT_MS, workers });
  await jest.advanceTimersByTimeAsync(0);
}

function startAgain(pmId: number): void {
  peers[pmId] = new FakeWorker();
  workers[pmId] = workerOf(pmId, { bootId: `another-boot-${pmId}` });
}

const levels = () => peers.map((peer) => peer.levels.levelOf());

describe('what the workers log', () => {
  it('is changed for all of them; who does not answer is named, and told once it does', async () => {
    peers[1]!.answers = false;
    await look();
    expect(await fleet.set({ level: 'debug', pmId: null }, workers)).toEqual({ changed: [0], failed: [1] });
    await look();
    peers[1]!.answers = true;
    await look();
    expect(levels()).toEqual(['debug', 'debug']);
  });

  it('holds for workers that start later, for the time that is left', async () => {
    await look();
    await fleet.set({ level: 'debug', context: 'BooksService', forMs: 60_000, pmId: null }, workers);
    await fleet.set({ level: 'warn', pmId: null }, workers);
    await jest.advanceTimersByTimeAsync(40_000);
    startAgain(1);
    await look();
    expect([peers[1]!.levels.levelOf('BooksService'), peers[1]!.levels.levelOf()]).toEqual(['debug', 'warn']);
    await jest.advanceTimersByTimeAsync(20_000);
    expect([peers[1]!.levels.levelOf('BooksService'), peers[1]!.levels.levelOf()]).toEqual(['warn', 'warn']);
    startAgain(0);
    await look();
    expect(peers[0]!.levels.current()).toEqual({ level: 'warn', contexts: [] });
  });

  it('is told to a worker once: what was changed at its own door stays', async () => {
    await fleet.set({ level: 'debug', pmId: null }, workers);
    await look();
    peers[0]!.levels.set({ level: 'error' });
    await look();
    expect(levels()).toEqual(['error', 'debug']);
  });

  it('is, when changed for one worker, nothing that another start would have', async () => {
    await look();
    await fleet.set({ level: 'debug', pmId: 1 }, workers.slice(1));
    startAgain(1);
    await look();
    expect(levels()).toEqual(['info', 'info']);
  });

  it('is as configured again after a reset, also for workers that start later', async () => {
    await fleet.set({ level: 'debug', pmId: null }, workers);
    await fleet.set({ level: 'debug', context: 'A', pmId: null }, workers);
    expect(await fleet.reset({ context: 'A', pmId: null }, workers)).toEqual({ changed: [0, 1], failed: [] });
    startAgain(1);
    await look();
    expect(peers.map((peer) => peer.levels.current())).toEqual([
      { level: 'debug', contexts: [] },
      { level: 'debug', contexts: [] },
    ]);
    await fleet.reset({ pmId: null }, workers);
    startAgain(0);
    await look();
    expect(levels()).toEqual(['info', 'info']);
  });

  it('is refused with the reason of the workers', async () => {
    await expect(fleet.set({ level: 'debug', context: 'a=b', pmId: null }, workers)).rejects.toThrow(
      /^"a=b" is not the context of a logger/,
    );
    startAgain(0);
    await look();
    expect(peers[0]!.levels.current().contexts).toEqual([]);
  });

  it('is read of all of them', async () => {
    peers[0]!.answers = false;
    await fleet.set({ level: 'debug', forMs: 5000, pmId: 1 }, workers.slice(1));
    expect(await fleet.read(workers)).toEqual([
      { pmId: 0, levels: null },
      { pmId: 1, levels: { level: 'debug', until: expect.any(String), contexts: [] } },
    ]);
  });
});
