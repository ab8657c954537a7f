import { setImmediate as nextTurn } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { AdmissionQueue } from './admission-queue.js';

let nowMs: number;
let shed: number[];
let queue: AdmissionQueue;
let begun: number[];
let room: number;
let mostWaitMs: number;
let lookAgainMs: number;
beforeEach(() => {
  nowMs = 0;
  room = Infinity;
  mostWaitMs = Infinity;
  lookAgainMs = 1;
  queue = new AdmissionQueue(
    () => nowMs,
    () => (room > 0 ? 0 : lookAgainMs),
    (waitedMs) => waitedMs > mostWaitMs,
  );
  begun = [];
  shed = [];
});

function add(id: number, workMs = 0, isGone = false): void {
  const begin = () => {
    begun.push(id);
    room -= 1;
    nowMs += workMs;
  };
  queue.add({ begin, shed: () => shed.push(id), isGone: () => isGone });
}

async function untilEmpty(): Promise<void> {
  while (queue.length > 0) await nextTurn();
}

describe('the admission queue', () => {
  it('begins requests in the order in which they came, and not at once', async () => {
    for (let id = 0; id < 100; id += 1) add(id);
    expect(begun).toEqual([]);
    await untilEmpty();
    expect(begun).toEqual(Array.from({ length: 100 }, (_, id) => id));
  });

  it('lets the event loop turn after five milliseconds of work', async () => {
    for (let id = 0; id < 4; id += 1) add(id, 6);
    await nextTurn();
    expect(begun).toEqual([0]);
    await nextTurn();
    expect(begun).toEqual([0, 1]);
    await untilEmpty();
  });

  it('works longer in a turn in which many were shed, so that shedding does not eat up the loop', async () => {
    for (let id = 0; id < 10; id += 1) add(id, 6);
    for (let count = 0; count < 30; count += 1) queue.noteShed();
    await nextTurn();
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    await nextTurn();
    expect(begun).toHaveLength(6);
    await untilEmpty();
  });

  it('accepts connections first, 32 at most', async () => {
    add(0);
    queue.noteConnection();
    await nextTurn();
    expect(begun).toEqual([]);
    await nextTurn();
    expect(begun).toEqual([0]);

    add(1);
    let turns = 0;
    for (; begun.length === 1; turns += 1) {
      queue.noteConnection();
      await nextTurn();
    }
    expect(turns).toBe(33);
  });

  it('begins no more than there is room for, also in one turn', async () => {
    room = 3;
    for (let id = 0; id < 10; id += 1) add(id);
    await nextTurn();
    expect(begun).toEqual([0, 1, 2]);
    room = Infinity;
    await untilEmpty();
  });

  it('lets the loop be idle while there is no room, looks again each millisecond if told so, and goes on in order', () => {
    jest.useFakeTimers();
    room = 0;
    for (const id of [0, 1, 2]) add(id);
    for (let ms = 0; ms < 100; ms += 1) {
      jest.advanceTimersByTime(1);
      expect(jest.getTimerCount()).toBe(1);
    }
    expect(begun).toEqual([]);
    room = 2;
    jest.advanceTimersByTime(1);
    expect(begun).toEqual([0, 1]);
    add(3);
    expect(jest.getTimerCount()).toBe(1);
    room = Infinity;
    jest.advanceTimersByTime(2);
    expect(begun).toEqual([0, 1, 2, 3]);
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('turns away who has waited longest also while there is no room', () => {
    jest.useFakeTimers();
    room = 0;
    for (const id of [0, 1]) add(id);
    jest.advanceTimersByTime(5);
    expect(queue.shedOldest()).toBe(true);
    room = Infinity;
    jest.advanceTimersByTime(2);
    expect({ shed, begun }).toEqual({ shed: [0], begun: [1] });
    jest.useRealTimers();
  });

  describe('with a longest wait', () => {
    beforeEach(() => {
      jest.useFakeTimers();
      room = 0;
      mostWaitMs = 100;
      add(0);
      jest.advanceTimersByTime(1);
    });
    afterEach(() => jest.useRealTimers());

    function pass(ms: number): void {
      nowMs += ms;
      jest.advanceTimersByTime(1);
    }

    it('turns away who is overdue and begins the others', () => {
      pass(60);
      add(1);
      pass(40);
      expect(shed).toEqual([]);
      pass(1);
      expect(shed).toEqual([0]);
      room = 1;
      pass(1);
      expect({ shed, begun }).toEqual({ shed: [0], begun: [1] });
    });

    it('begins who can be begun, although he is overdue', () => {
      room = 1;
      pass(101);
      expect({ shed, begun }).toEqual({ shed: [], begun: [0] });
    });

    it('counts only a little of a time in which the process stood still', () => {
      mostWaitMs = 300;
      pass(60_000);
      expect(shed).toEqual([]);
      pass(101);
      expect(shed).toEqual([0]);
    });

    it('does not count for one what the others have waited', () => {
      pass(90);
      room = 1;
      pass(1);
      room = 0;
      nowMs += 1_000;
      add(1);
      pass(99);
      expect(shed).toEqual([]);
    });
  });

  it('does not begin what nobody waits for any more', async () => {
    add(0, 0, true);
    add(1);
    await untilEmpty();
    expect(begun).toEqual([1]);
  });

  it('begins all others even if one throws', () => {
    jest.useFakeTimers();
    queue.add({
      begin() {
        throw new Error('boom');
      },
      shed: () => undefined,
      isGone: () => false,
    });
    add(1);
    expect(() => jest.runAllTimers()).toThrow('boom');
    jest.runAllTimers();
    expect(begun).toEqual([1]);
    jest.useRealTimers();
  });

  it('turns away who has waited longest, and tells whether there was anybody', async () => {
    for (const id of [0, 1, 2]) add(id);
    expect([queue.shedOldest(), queue.shedOldest()]).toEqual([true, true]);
    await untilEmpty();
    expect({ shed, begun }).toEqual({ shed: [0, 1], begun: [2] });
    expect(queue.shedOldest()).toBe(false);
  });

  it('looks again as late as it is told', () => {
    jest.useFakeTimers();
    room = 0;
    lookAgainMs = 20;
    add(0);
    jest.advanceTimersByTime(1);
    room = 1;
    jest.advanceTimersByTime(18);
    expect(begun).toEqual([]);
    jest.advanceTimersByTime(2);
    expect(begun).toEqual([0]);
    jest.useRealTimers();
  });

  it('does not turn away those who have left: they give their places to others', () => {
    add(0, 0, true);
    add(1);
    expect([queue.shedOldest(), queue.shedOldest(), shed]).toEqual([true, false, [1]]);
  });

  it('forgets those who have left, up to the first who has not', async () => {
    for (const [id, isGone] of [true, true, false, true].entries()) add(id, 0, isGone);
    queue.forgetGone();
    expect(queue.length).toBe(2);
    await untilEmpty();
  });

  it('works longer in a turn in which many who waited were turned away', async () => {
    for (let id = 0; id < 40; id += 1) add(id, 6);
    for (let count = 0; count < 30; count += 1) queue.shedOldest();
    await nextTurn();
    expect(begun).toEqual([30, 31, 32, 33, 34]);
    await untilEmpty();
  });

  it('takes one turn for all, also when those who waited were turned away before it', () => {
    jest.useFakeTimers();
    add(0);
    queue.shedOldest();
    add(1);
    expect(jest.getTimerCount()).toBe(1);
    jest.useRealTimers();
  });
});
