import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { ProcessGuard } from '../process-guard.js';

/**
 * What the guard knows, as indicators of Terminus. `ProcessGuardModule` exports it:
 *
 * @example
 * health.check([() => processGuard.live()])
 */
@Injectable()
export class ProcessGuardIndicator {
  constructor(
    private readonly guard: ProcessGuard,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /** Down from `recycle` on: when a restart is the cure, or is under way. */
  live(key = 'processGuard'): HealthIndicatorResult {
    return this.indicate(key, this.guard.isLive);
  }

  /** Down while the worker leaves. */
  ready(key = 'processGuard'): HealthIndicatorResult {
    return this.indicate(key, !this.guard.isDraining);
  }

  private indicate(key: string, isUp: boolean): HealthIndicatorResult {
    const indicator = this.indicators.check(key);
    const status = { ...this.guard.status() };
    return isUp ? indicator.up(status) : indicator.down(status);
  }
}
