import { ApiProperty } from '@nestjs/swagger';
import type { GuardStatus } from '@evernest/process-guard';
import type { Decision } from '../decisions/decision.js';
import type { ProcessState, Worker } from '../fleet/worker.js';
import { DecisionView } from './decision.view.js';

const STATES = ['online', 'stopping', 'crashed', 'stopped'] as const satisfies readonly ProcessState[];

/** A worker as it is told. */
export class WorkerView {
  @ApiProperty({ example: 2, description: "pm2's number of the worker." })
  readonly pmId!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 4711,
    description: 'Null while there is no process.',
  })
  readonly pid!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "From the worker's own answers; null before the first one.",
  })
  readonly bootId!: string | null;

  @ApiProperty({ enum: STATES, description: 'By pm2: `online` also while it starts or hangs.' })
  readonly state!: ProcessState;

  @ApiProperty({ description: 'Whether its latest answer said that traffic may come.' })
  readonly ready!: boolean;

  @ApiProperty({ example: 0, description: 'How often pm2 has started it again.' })
  readonly restarts!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly startedAt!: string | null;

  @ApiProperty({ type: Number, nullable: true, example: 3600 })
  readonly uptimeSeconds!: number | null;

  @ApiProperty({ example: 0, description: 'For how long it has answered nothing.' })
  readonly silentForMs!: number;

  @ApiProperty({ example: 5, description: 'How many more ends the restart budget allows at this moment.' })
  readonly budgetLeft!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What it last said of itself; null if it never answered.',
  })
  readonly guard!: GuardStatus | null;

  @ApiProperty({ type: DecisionView, nullable: true, description: 'The newest decision about it.' })
  readonly lastDecision!: Decision | null;
}

export class WorkerDetailsView extends WorkerView {
  @ApiProperty({ type: [DecisionView], description: 'The newest 20 about it, newest first.' })
  readonly decisions!: readonly Decision[];
}

export class FleetView {
  @ApiProperty({ format: 'date-time', description: 'When this was seen.' })
  readonly at!: string;

  @ApiProperty({ example: 4, description: 'How many workers there should be.' })
  readonly expectedWorkers!: number;

  @ApiProperty({ type: [WorkerView] })
  readonly workers!: readonly WorkerView[];
}

/** What is known of a worker beside what was seen. */
export interface WorkerContext {
  readonly budgetLeft: number;
  readonly lastDecision: Decision | null;
}

export function toWorkerView(worker: Worker, { budgetLeft, lastDecision }: WorkerContext): WorkerView {
  const { pmId, pid, bootId, state, isReady, restarts, startedAtMs, silentForMs, guard } = worker;
  return {
    pmId,
    pid,
    bootId,
    state,
    ready: isReady,
    restarts,
    startedAt: startedAtMs === null ? null : new Date(startedAtMs).toISOString(),
    uptimeSeconds: uptimeSecondsOf(worker),
    silentForMs,
    budgetLeft,
    guard,
    lastDecision,
  };
}

/** By its own word, which knows best; who has not answered yet is as old as pm2 said when it was first seen, and the time since. */
function uptimeSecondsOf({ guard, silentForMs, ageMs }: Worker): number | null {
  if (ageMs === null) return null;
  return guard ? guard.uptimeSeconds + Math.floor(silentForMs / 1000) : Math.floor(ageMs / 1000);
}
