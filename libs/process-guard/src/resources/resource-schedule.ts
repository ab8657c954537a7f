import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ProcessGuard } from '../process-guard.js';

const SAMPLE_EVERY_MS = 1000;

/** Lets the guard look at memory and file descriptors once a second, from the end of the start to the shutdown. */
@Injectable()
export class ResourceSchedule {
  constructor(private readonly guard: ProcessGuard) {}

  @Interval(SAMPLE_EVERY_MS)
  sample(): void {
    this.guard.sampleResources();
  }
}
