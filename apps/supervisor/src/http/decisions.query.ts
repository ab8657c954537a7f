import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { integerFrom } from './integer-from.js';

/** As many as are kept. */
const MOST_DECISIONS = 1000;
const LARGEST_PM_ID = 999_999_999;

export class DecisionsQuery {
  @ApiPropertyOptional({
    description: 'How many to return.',
    minimum: 1,
    maximum: MOST_DECISIONS,
    default: 50,
  })
  @Transform(({ value }) => integerFrom(value))
  @Max(MOST_DECISIONS)
  @Min(1)
  @IsInt()
  readonly limit: number = 50;

  @ApiPropertyOptional({
    description: 'Only those about this worker, or that brought it to its end.',
    minimum: 0,
  })
  @Transform(({ value }) => integerFrom(value))
  @IsOptional()
  @Max(LARGEST_PM_ID)
  @Min(0)
  @IsInt()
  readonly worker?: number;

  @ApiPropertyOptional({ description: 'Only those that are older than the decision with this id.' })
  @IsOptional()
  @MaxLength(100)
  @IsString()
  readonly before?: string;
}
