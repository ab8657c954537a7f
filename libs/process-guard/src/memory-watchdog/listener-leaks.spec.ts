import { EventEmitter, once } from 'node:events';
import { Logger } from '@nestjs/common';
import { watchListenerLeaks } from './listener-leaks.js';

class Doorbell extends EventEmitter {}

let warn: jest.SpyInstance;
let stop: () => void;
beforeEach(() => {
  warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
  stop = watchListenerLeaks();
});
afterEach(() => stop());

/** As Node does; the process that Jest shows to tests is a copy and gets no warnings of its own. */
async function warnOf(warning: object): Promise<void> {
  const told = once(process, 'warning');
  process.emit('warning', Object.assign(new Error('possible leak'), warning));
  await told;
}

function exceeded(emitter: unknown, type: string | symbol = 'ring') {
  return { name: 'MaxListenersExceededWarning', emitter, type, count: 11 };
}

describe('a listener leak', () => {
  it('is logged with the class of the emitter, the event and the count', async () => {
    await warnOf(exceeded(new Doorbell()));
    expect(warn.mock.calls).toEqual([
      [
        expect.objectContaining({
          message: 'a Doorbell has 11 listeners for "ring"; are they ever removed?',
          emitter: 'Doorbell',
          event: 'ring',
          count: 11,
        }),
      ],
    ]);
  });

  it('is logged once for each class and event', async () => {
    await warnOf(exceeded(new Doorbell()));
    await warnOf(exceeded(new Doorbell()));
    await warnOf(exceeded(new Doorbell(), Symbol('knock')));
    await warnOf(exceeded(new EventEmitter()));
    expect(warn.mock.calls.map(([{ emitter, event }]) => `${emitter} ${event}`)).toEqual([
      'Doorbell ring',
      'Doorbell Symbol(knock)',
      'EventEmitter ring',
    ]);
  });

  it.each([
    undefined,
    Object.create(null),
    {
      get constructor(): never {
        throw new Error('no');
      },
    },
  ])('is logged even if the emitter does not say what it is', async (emitter) => {
    await warnOf(exceeded(emitter));
    expect(warn).toHaveBeenCalledWith(expect.objectContaining({ emitter: 'nameless emitter' }));
  });

  it('is not seen in other warnings, nor after the stop', async () => {
    await warnOf({ name: 'DeprecationWarning' });
    stop();
    await warnOf(exceeded(new Doorbell()));
    expect(warn).not.toHaveBeenCalled();
  });
});
