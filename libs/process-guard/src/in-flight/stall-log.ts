import { Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Stall } from '../event-loop/loop-clock.js';
import { describeRequestOf } from './describe-request.js';

/** A service that stalls all the time would fill its log with saying so. */
const LINE_EVERY_MS = 1000;
/** Below this share of the processor nothing was computed: the machine slept, or the thread waited in the kernel. */
const COMPUTING_SHARE = 0.2;

/** Logs the times in which the event loop stood still, at most one line a second, with the request that held it. */
export class StallLog {
  private readonly logger = new Logger('ProcessGuard');
  private lastLineAtMs = -Infinity;
  private untold = 0;

  constructor(private readonly nowMs: () => number) {}

  note({ stalledForMs, cpuMs }: Stall, culprit: FastifyReply | undefined): void {
    const nowMs = this.nowMs();
    if (nowMs - this.lastLineAtMs < LINE_EVERY_MS) {
      this.untold += 1;
      return;
    }
    this.lastLineAtMs = nowMs;
    const request = describeRequestOf(culprit);
    const where = request ? ` in ${request.method} ${request.route}` : '';
    const why =
      cpuMs < stalledForMs * COMPUTING_SHARE ? ' without computing: suspended, or waiting in the kernel' : '';
    this.logger.warn({
      message: `the event loop stood still for ${Math.round(stalledForMs)} ms${where}${why}`,
      stalledForMs: Math.round(stalledForMs),
      cpuMs: Math.round(cpuMs),
      untold: this.untold,
      ...(request && { requestId: request.id, method: request.method, route: request.route }),
    });
    this.untold = 0;
  }
}
