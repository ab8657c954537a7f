import { EventEmitter } from 'node:events';
import { Controller, Get, Param } from '@nestjs/common';

/** Requests that break the process: each throws where nobody catches, or exits. */
const CRASHES: Record<string, () => void> = {
  timer: () => {
    setTimeout(() => {
      throw new Error('a timer broke', { cause: new Error('the wheel is stuck') });
    }, 0);
  },
  promise: () => {
    void Promise.reject(new Error('a promise broke'));
  },
  emitter: () => {
    const emitter = new EventEmitter();
    setImmediate(() => emitter.emit('error', new Error('an emitter broke')));
  },
  string: () => {
    setImmediate(() => {
      throw 'only a string';
    });
  },
  proxy: () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    setImmediate(() => {
      throw proxy;
    });
  },
  exit: () => {
    setImmediate(() => process.exit(3));
  },
  'again-and-again': () => {
    setInterval(() => {
      throw new Error('a timer broke again');
    }, 1);
  },
  'in-the-log': () => {
    setImmediate(() => {
      const error = new Error('an error that cannot be logged');
      Object.defineProperty(error, 'stack', {
        get: () => {
          throw new Error('no stack for you');
        },
      });
      throw error;
    });
  },
};

@Controller('crash')
export class FaultsController {
  @Get(':way')
  crash(@Param('way') way: string): Promise<never> {
    CRASHES[way]?.();
    return new Promise(() => undefined);
  }
}
