import { Body, Controller, Delete, Get, Put, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HTTP_PROBLEMS } from '@evernest/process-guard';
import { Operations } from '../operations.js';
import { LogLevelQuery, LogLevelRequest } from './log-level.request.js';
import { FleetLogLevelsView, LogLevelOutcomeView } from './log-level.view.js';
import { ApiOps } from './openapi.js';
import { OperationsProblems } from './operations-problem.js';
import { OPS_PROBLEMS } from './ops.problems.js';

@ApiTags('fleet')
@Controller('log-level')
@UseInterceptors(OperationsProblems)
export class LogLevelController {
  constructor(private readonly operations: Operations) {}

  @Get()
  @ApiOps('Read what the workers log')
  @ApiOkResponse({ type: FleetLogLevelsView, description: 'As each of them answers now.' })
  async read(): Promise<FleetLogLevelsView> {
    return { workers: await this.operations.logLevels() };
  }

  @Put()
  @ApiOps('Change what the workers log', [
    HTTP_PROBLEMS.MALFORMED_JSON,
    HTTP_PROBLEMS.VALIDATION_FAILED,
    HTTP_PROBLEMS.BODY_TOO_LARGE,
    HTTP_PROBLEMS.UNSUPPORTED_MEDIA_TYPE,
    OPS_PROBLEMS.WORKER_UNKNOWN,
    OPS_PROBLEMS.LOG_LEVEL_REFUSED,
  ])
  @ApiOkResponse({
    type: LogLevelOutcomeView,
    description: 'It holds for workers that start later too; for one worker, until it is started again.',
  })
  set(@Body() { level, context, forMs, worker }: LogLevelRequest): Promise<LogLevelOutcomeView> {
    return this.operations.setLogLevel({
      level,
      context: context ?? undefined,
      forMs: forMs ?? undefined,
      pmId: worker ?? null,
    });
  }

  @Delete()
  @ApiOps('Let what is configured hold again', [HTTP_PROBLEMS.VALIDATION_FAILED, OPS_PROBLEMS.WORKER_UNKNOWN])
  @ApiOkResponse({ type: LogLevelOutcomeView })
  reset(@Query() { context, worker }: LogLevelQuery): Promise<LogLevelOutcomeView> {
    return this.operations.resetLogLevel({ context, pmId: worker ?? null });
  }
}
