import { EventEmitter } from 'node:events';
import { openSync } from 'node:fs';
import { devNull } from 'node:os';
import { Controller, Get, Param, Query } from '@nestjs/common';

const TICK_MS = 20;
const MEBIBYTE = 1024 * 1024;
const held: unknown[] = [];
const heldByKey = new Map<string, unknown>();
const emitter = new EventEmitter();

/** Each holds on to about as many bytes as it is told, for ever. */
const LEAKS: Record<string, (bytes: number) => void> = {
  objects: (bytes) => held.push(objectsOf(bytes)),
  buffers: (bytes) => held.push(Buffer.alloc(bytes, 1)),
  map: (bytes) => heldByKey.set(`key ${heldByKey.size}`, objectsOf(bytes)),
  listeners: (bytes) => {
    const captured = objectsOf(bytes);
    emitter.on('change', () => captured.length);
  },
};

@Controller('leak')
export class LeaksController {
  /** Opens so many files and closes none; if no more can be opened, it takes each that comes free. */
  @Get('descriptors')
  leakDescriptors(@Query('count') count: string) {
    for (let opened = 0; opened < Number(count); opened += 1) {
      const why = whyNotOpened();
      if (!why) continue;
      setInterval(() => whyNotOpened(), 1);
      return { until: why };
    }
    return { until: null };
  }

  /** Begins a leak of so many MiB a second. */
  @Get(':what')
  leak(@Param('what') what: string, @Query('mib') mib: string) {
    const bytesPerTick = (Number(mib) * MEBIBYTE * TICK_MS) / 1000;
    setInterval(() => LEAKS[what]?.(bytesPerTick), TICK_MS);
    return { pid: process.pid };
  }
}

/** Opens a file for good. @returns the error's code if there is no descriptor left */
function whyNotOpened(): string | undefined {
  try {
    openSync(devNull, 'r');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

function objectsOf(bytes: number): object[] {
  return Array.from({ length: Math.ceil(bytes / 64) }, (_, index) => ({ index, next: null, also: null }));
}
