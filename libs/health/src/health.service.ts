import { Inject, Injectable } from '@nestjs/common';
import {
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { distinctProbes, HEALTH_OPTIONS, type HealthOptions } from './health-options.js';
import type { HealthProbe } from './probe.js';
import { SharedCheck } from './shared-check.js';
import { TransitionLog } from './transition-log.js';

/** A question that a prober may ask. */
export type HealthQuestion = 'live' | 'ready' | 'startup';

/** Asks the probes and puts their answers together in Terminus' words. */
@Injectable()
export class HealthService {
  private readonly probes: readonly HealthProbe[];
  private readonly checks: ReadonlyMap<HealthProbe, SharedCheck>;

  constructor(
    @Inject(HEALTH_OPTIONS) private readonly options: HealthOptions,
    private readonly terminus: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {
    this.probes = distinctProbes(options);
    this.checks = new Map(this.probes.map((probe) => [probe, this.sharedCheck(probe)]));
  }

  /** @throws ServiceUnavailableException with the same kind of result when a probe is down. */
  all(): Promise<HealthCheckResult> {
    return this.ask(this.probes);
  }

  /** @throws ServiceUnavailableException with the same kind of result when a probe is down. */
  check(question: HealthQuestion): Promise<HealthCheckResult> {
    return this.ask(this.options[question]);
  }

  private ask(probes: readonly HealthProbe[]): Promise<HealthCheckResult> {
    return this.terminus.check(probes.map((probe) => () => this.indicate(probe)));
  }

  private async indicate(probe: HealthProbe): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(probe.name);
    const outcome = await this.checks.get(probe)?.outcome();
    return outcome?.isUp ? indicator.up(outcome.details) : indicator.down(outcome?.details);
  }

  private sharedCheck(probe: HealthProbe): SharedCheck {
    const { timeoutMs, cacheMs } = this.options;
    const log = new TransitionLog(probe.name);
    return new SharedCheck(probe, probe.timeoutMs ?? timeoutMs, probe.cacheMs ?? cacheMs, (outcome) =>
      log.note(outcome),
    );
  }
}
