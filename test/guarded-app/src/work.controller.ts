import { Controller, Get, Query } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';

/** Requests that end well. */
@Controller()
export class WorkController {
  @Get('quick')
  quick() {
    return { pid: process.pid };
  }

  /** Says over IPC that it has begun, and is done when told, or after `ms`. */
  @Get('slow')
  async slow(@Query('ms') ms: string) {
    process.send?.('slow has begun');
    await Promise.race([
      delay(Number(ms)),
      new Promise<void>((resolve) => {
        process.on('message', (message) => {
          if (message === 'finish') resolve();
        });
      }),
    ]);
    return { pid: process.pid };
  }

  /** Keeps the event loop for so long. */
  @Get('stall')
  stall(@Query('ms') ms: string) {
    const end = performance.now() + Number(ms);
    while (performance.now() < end);
    return { pid: process.pid };
  }
}
