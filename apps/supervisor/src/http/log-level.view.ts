import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LOG_LEVELS, type CurrentLevels, type LogLevel } from '@evernest/logging';
import type { LogLevelOutcome, WorkerLogLevels } from '../log-levels/level-change.js';

export class LogLevelOutcomeView implements LogLevelOutcome {
  @ApiProperty({ type: [Number], description: 'The workers that took it.' })
  readonly changed!: readonly number[];

  @ApiProperty({ type: [Number], description: 'The workers that did not answer.' })
  readonly failed!: readonly number[];
}

class ContextLevelView {
  @ApiProperty({ example: 'BooksService' })
  readonly context!: string;

  @ApiProperty({ enum: LOG_LEVELS })
  readonly level!: LogLevel;

  @ApiPropertyOptional({ format: 'date-time', description: 'Absent: no end.' })
  readonly until?: string;
}

class LogLevelsView implements CurrentLevels {
  @ApiProperty({ enum: LOG_LEVELS })
  readonly level!: LogLevel;

  @ApiPropertyOptional({ format: 'date-time', description: 'Absent: no end.' })
  readonly until?: string;

  @ApiProperty({ type: [ContextLevelView], description: 'Those that have a level of their own.' })
  readonly contexts!: readonly ContextLevelView[];
}

class WorkerLogLevelsView implements WorkerLogLevels {
  @ApiProperty({ example: 2, description: "pm2's number of the worker." })
  readonly pmId!: number;

  @ApiProperty({ type: LogLevelsView, nullable: true, description: 'Null if it did not answer.' })
  readonly levels!: LogLevelsView | null;
}

export class FleetLogLevelsView {
  @ApiProperty({ type: [WorkerLogLevelsView] })
  readonly workers!: readonly WorkerLogLevels[];
}
