import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { startHangWatchdog } from './hang-watchdog.js';

// What the watchdog does is tested on built processes: test/e2e/hang-watchdog.e2e-spec.ts.
describe('a hang watchdog whose thread fails', () => {
  it('is one warning in the log, and harms nothing', async () => {
    const warned = new Promise<unknown>((resolve) => {
      jest.spyOn(Logger.prototype, 'warn').mockImplementation(resolve);
    });
    // Not compiled here, so its thread finds no file to run.
    const watchdog = startHangWatchdog({
      timeoutMs: 1000,
      lastWordsFolder: '/nowhere',
      bootId: 'b',
      pmId: null,
      currentRequest: () => undefined,
    });
    expect(await warned).toMatchObject({
      message: 'the hang watchdog has failed: a hang will not be noticed',
      error: { code: 'MODULE_NOT_FOUND' },
    });
    watchdog.beat();
    watchdog.noteRequest('1', 'GET', '/');
    expect(await watchdog.stop()).toBeUndefined();
  });
});
