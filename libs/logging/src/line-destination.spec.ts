import { PassThrough, Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { LineDestination } from './line-destination.js';

describe('LineDestination', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('flushes only once the slowest line was taken', async () => {
    const taken: (() => void)[] = [];
    const destination = new LineDestination(
      new Writable({ write: (_chunk, _encoding, done) => void taken.push(done) }),
    );
    destination.write('one\n');
    destination.write('two\n');

    let flushed = false;
    const flush = destination.flush().then(() => (flushed = true));
    await nextTurn();
    await nextTurn();
    taken[0]?.();
    await untilItHas(taken, 2);
    await nextTurn();
    expect(flushed).toBe(false);
    taken[1]?.();
    await flush;
  });

  it('does not wait for a reader that stopped reading for more than a second', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    const destination = new LineDestination(new Writable({ write: () => {} }));
    destination.write('one\n');
    const flush = destination.flush();
    await nextTurn();
    await jest.advanceTimersByTimeAsync(1000);
    await flush;
  });

  it('survives the loss of what it writes to', async () => {
    const target = new PassThrough();
    const destination = new LineDestination(target);
    target.destroy(new Error('EPIPE'));
    destination.write('one\n');
    await destination.flush();
    expect(destination.destroyed).toBe(false);
  });

  it('survives a write that throws, and goes on afterwards', async () => {
    const target = new PassThrough();
    const write = target.write.bind(target);
    const destination = new LineDestination(target);
    target.write = () => {
      throw new Error('channel closed');
    };
    destination.write('lost\n');
    target.write = write;
    destination.write('written\n');
    await destination.flush();
    expect(String(target.read())).toBe('written\n');
  });
});

async function untilItHas(list: unknown[], length: number): Promise<void> {
  while (list.length < length) await nextTurn();
}
