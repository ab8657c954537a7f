import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { registerReading, startRuntimeMetrics } from '@evernest/metrics';
import { Counter, Registry } from 'prom-client';
import { Operations } from '../operations.js';
import { DecisionCounters } from './decision-counters.js';
import { fleetReadings } from './fleet-readings.js';
import { mergeExpositions, type MergedExposition, type Source } from './merge-expositions.js';

/** How the supervisor's own process is called among the workers. */
const SUPERVISOR = 'supervisor';

/** The fleet in numbers: what the supervisor sees and does, and what every process tells of itself. */
@Injectable()
export class SupervisorMetrics implements OnApplicationShutdown {
  private readonly logger = new Logger('SupervisorMetrics');
  private readonly registry = new Registry();
  private readonly processRegistry = new Registry();
  private readonly counters = new DecisionCounters(this.registry);
  private readonly skipped: Counter<'reason'>;
  private readonly stopRuntimeMetrics = startRuntimeMetrics(this.processRegistry);

  constructor(private readonly operations: Operations) {
    for (const reading of fleetReadings(operations)) registerReading(this.registry, reading);
    this.skipped = new Counter({
      name: 'evernest_worker_metrics_skipped_total',
      help: 'What is missing here: malformed for all of a worker, conflict for a family of another type than before.',
      labelNames: ['reason'],
      registers: [this.registry],
    });
    for (const reason of ['malformed', 'conflict']) this.skipped.inc({ reason }, 0);
  }

  /** In Prometheus' text format 0.0.4. Workers that do not answer, or not in this format, are left out. */
  async fleetExposition(): Promise<string> {
    const workers = await this.workerMetrics();
    const texts = new Map<Source, string>([...workers, [SUPERVISOR, await this.processRegistry.metrics()]]);
    const merged = mergeExpositions(texts);
    this.noteSkipped(merged);
    this.counters.count(this.operations.decisions());
    return `${await this.registry.metrics()}${merged.text}`;
  }

  onApplicationShutdown(): void {
    this.stopRuntimeMetrics();
  }

  private async workerMetrics(): Promise<ReadonlyMap<number, string>> {
    try {
      return await this.operations.workerMetrics();
    } catch (error) {
      this.logger.error({ message: 'the metrics of the workers could not be read', error });
      return new Map();
    }
  }

  private noteSkipped({ malformed, conflicts }: MergedExposition): void {
    this.skipped.inc({ reason: 'malformed' }, malformed.length);
    this.skipped.inc({ reason: 'conflict' }, conflicts.length);
  }
}
