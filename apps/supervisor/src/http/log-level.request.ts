import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LEVEL_DURATION_MS, LOG_LEVELS, type LogLevel } from '@evernest/logging';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { integerFrom } from './integer-from.js';

const LARGEST_PM_ID = 999_999_999;
const LONGEST_CONTEXT = 100;

const CONTEXT = {
  type: String,
  minLength: 1,
  maxLength: LONGEST_CONTEXT,
  example: 'BooksService',
} as const;

export class LogLevelRequest {
  @ApiProperty({ enum: LOG_LEVELS, description: 'The least grave level that is written.' })
  @IsIn(LOG_LEVELS)
  readonly level!: LogLevel;

  @ApiPropertyOptional({ ...CONTEXT, description: 'Absent: all that have no level of their own.' })
  @IsOptional()
  @Length(1, LONGEST_CONTEXT)
  @IsString()
  readonly context?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: LEVEL_DURATION_MS.least,
    maximum: LEVEL_DURATION_MS.most,
    description: 'Until what is configured holds again, in ms. Absent: no end.',
  })
  @IsOptional()
  @Max(LEVEL_DURATION_MS.most)
  @Min(LEVEL_DURATION_MS.least)
  @IsInt()
  readonly forMs?: number;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 0, description: 'Absent or null: all.' })
  @IsOptional()
  @Max(LARGEST_PM_ID)
  @Min(0)
  @IsInt()
  readonly worker?: number | null;
}

export class LogLevelQuery {
  @ApiPropertyOptional({ ...CONTEXT, description: 'Absent: all of them.' })
  @IsOptional()
  @Length(1, LONGEST_CONTEXT)
  @IsString()
  readonly context?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'Absent: all.' })
  @Transform(({ value }) => integerFrom(value))
  @IsOptional()
  @Max(LARGEST_PM_ID)
  @Min(0)
  @IsInt()
  readonly worker?: number;
}
