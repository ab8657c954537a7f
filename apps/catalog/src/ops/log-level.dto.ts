import { LEVEL_DURATION_MS, LOG_LEVELS, type LogLevel } from '@evernest/logging';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

/** Which lines a change is about: those of one context, or all that have no level of their own. */
export class LogContextDto {
  @IsOptional()
  @Matches(/^[^=,\p{Cc}]*$/u, { message: 'must be the context of a logger, such as BooksService' })
  @Length(1, 100)
  @IsString()
  context?: string;
}

export class LogLevelDto extends LogContextDto {
  /** The least grave level that is written. */
  @IsIn(LOG_LEVELS)
  level!: LogLevel;

  /** Until what was configured holds again; without it, until the worker ends. */
  @IsOptional()
  @Max(LEVEL_DURATION_MS.most)
  @Min(LEVEL_DURATION_MS.least)
  @IsInt()
  forMs?: number;
}
