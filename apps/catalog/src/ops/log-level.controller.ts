import { Body, Controller, Delete, Get, Logger, Put, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { LogLevels, type CurrentLevels, type LevelChange } from '@evernest/logging';
import { HTTP_PROBLEMS } from '@evernest/process-guard';
import { ServiceDoorOnly } from '@evernest/service-door';
import { LogContextDto, LogLevelDto } from './log-level.dto.js';

/** What this worker logs, and until when; it begins again with what is configured. */
@ServiceDoorOnly()
@ApiExcludeController()
@Controller('log-level')
export class LogLevelController {
  private readonly logger = new Logger('LogLevel');

  constructor(private readonly levels: LogLevels) {}

  @Get()
  current(): CurrentLevels {
    return this.levels.current();
  }

  @Put()
  set(@Body() { level, context, forMs }: LogLevelDto): CurrentLevels {
    const of = context ? ` of ${context}` : '';
    const limit = forMs ? ` for ${forMs / 1000} s` : '';
    // Before the change, which may be to write less than this.
    this.logger.log(`from here on ${level} and what is graver${of} is logged${limit}`);
    this.change({ level, context: context ?? undefined, forMs: forMs ?? undefined });
    return this.levels.current();
  }

  /** Of one context, or of all. */
  @Delete()
  reset(@Query() { context }: LogContextDto): CurrentLevels {
    this.levels.reset(context);
    this.logger.log(`${context ?? 'everything'} is logged as configured again`);
    return this.levels.current();
  }

  private change(change: LevelChange): void {
    try {
      this.levels.set(change);
    } catch (error) {
      // Such as a context that no logger can have.
      throw HTTP_PROBLEMS.VALIDATION_FAILED({ detail: (error as Error).message, cause: error });
    }
  }
}
