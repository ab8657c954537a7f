import { ApiProperty } from '@nestjs/swagger';
import type { Decision, DecisionAction, DecisionOutcome } from '../decisions/decision.js';
import type { WorkerIdentity } from '../fleet/worker.js';

const ACTIONS = [
  'replace',
  'kill',
  'park',
  'try',
  'reload',
  'alarm',
  'restart',
] as const satisfies readonly DecisionAction[];
const RESULTS = ['done', 'failed', 'interrupted'] as const satisfies readonly DecisionOutcome['result'][];

class WorkerIdentityView implements WorkerIdentity {
  @ApiProperty({ example: 2 })
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
}

class DecisionOutcomeView implements DecisionOutcome {
  @ApiProperty({ enum: RESULTS, description: '`interrupted` if a supervisor died meanwhile.' })
  readonly result!: DecisionOutcome['result'];

  @ApiProperty({ example: 'worker 2 was ready again after 1.4 s' })
  readonly message!: string;
}

/** A decision as it is told, which is as it is. */
export class DecisionView implements Decision {
  @ApiProperty({ example: '20261121T153012345Z-0000', description: 'Later ones sort behind earlier ones.' })
  readonly id!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ type: WorkerIdentityView, nullable: true, description: 'Null if it is about the fleet.' })
  readonly worker!: WorkerIdentityView | null;

  @ApiProperty({
    enum: ACTIONS,
    description: '`restart`: the worker ended without any doing of the supervisor.',
  })
  readonly action!: DecisionAction;

  @ApiProperty({ example: 'worker 2 has answered nothing for 3.2 s' })
  readonly reason!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What it rests on.' })
  readonly evidence!: Readonly<Record<string, unknown>>;

  @ApiProperty({
    type: DecisionOutcomeView,
    nullable: true,
    description: 'Null while it is being carried out.',
  })
  readonly outcome!: DecisionOutcomeView | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Null while it is being carried out.' })
  readonly durationMs!: number | null;
}

export class DecisionListView {
  @ApiProperty({ type: [DecisionView], description: 'Newest first.' })
  readonly items!: readonly DecisionView[];
}
