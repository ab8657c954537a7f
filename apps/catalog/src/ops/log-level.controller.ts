import { Body, Controller, Inject, Logger, Put } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { NestLogger } from '@evernest/logging';
import { ServiceDoorOnly } from '@evernest/service-door';
import { LogLevelDto } from './log-level.dto.js';

export type LevelledLogger = Pick<NestLogger, 'setLevel'>;

export const LEVELLED_LOGGER = Symbol('LEVELLED_LOGGER');

/** Changes what this worker logs, until it ends. */
@ServiceDoorOnly()
@ApiExcludeController()
@Controller('log-level')
export class LogLevelController {
  private readonly logger = new Logger('LogLevel');

  constructor(@Inject(LEVELLED_LOGGER) private readonly levelled: LevelledLogger) {}

  @Put()
  set(@Body() { level }: LogLevelDto): LogLevelDto {
    this.logger.log(`from here on ${level} and what is graver is logged`);
    this.levelled.setLevel(level);
    return { level };
  }
}
