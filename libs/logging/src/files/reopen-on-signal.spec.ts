import { reopenOnSignal } from './reopen-on-signal.js';

describe('reopenOnSignal', () => {
  it('reopens each file on the signal, until it is stopped', () => {
    const reopened: string[] = [];
    const files = ['combined', 'access'].map((name) => ({ reopen: () => void reopened.push(name) }));
    const listeners = process.listenerCount('SIGUSR2');
    const stop = reopenOnSignal(files);
    process.emit('SIGUSR2');
    expect(reopened).toEqual(['combined', 'access']);
    stop();
    expect(process.listenerCount('SIGUSR2')).toBe(listeners);
  });
});
