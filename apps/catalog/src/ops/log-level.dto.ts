import { LOG_LEVELS, type LogLevel } from '@evernest/logging';
import { IsIn } from 'class-validator';

/** The least grave level that is written. */
export class LogLevelDto {
  @IsIn(LOG_LEVELS)
  level!: LogLevel;
}
