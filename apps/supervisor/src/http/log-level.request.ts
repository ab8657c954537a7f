import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LOG_LEVELS, type LogLevel } from '@evernest/logging';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';

const LARGEST_PM_ID = 999_999_999;

export class LogLevelRequest {
  @ApiProperty({ enum: LOG_LEVELS })
  @IsIn(LOG_LEVELS)
  readonly level!: LogLevel;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 0, description: 'Absent or null: all.' })
  @IsOptional()
  @Max(LARGEST_PM_ID)
  @Min(0)
  @IsInt()
  readonly worker?: number | null;
}

export class LogLevelView {
  @ApiProperty({ type: [Number], description: 'The workers that took it.' })
  readonly changed!: readonly number[];

  @ApiProperty({ type: [Number], description: 'The workers that did not answer.' })
  readonly failed!: readonly number[];
}
