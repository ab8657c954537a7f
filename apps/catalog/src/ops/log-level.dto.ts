import { LOG_LEVELS, type LogLevel } from '@evernest/logging';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

const SECOND_MS = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

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
  @Max(DAY_MS)
  @Min(SECOND_MS)
  @IsInt()
  forMs?: number;
}
