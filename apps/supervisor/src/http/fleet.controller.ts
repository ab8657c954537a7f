import { Body, Controller, HttpCode, Post, Put, Res, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HTTP_PROBLEMS } from '@evernest/process-guard';
import type { FastifyReply } from 'fastify';
import type { Decision } from '../decisions/decision.js';
import { Operations } from '../operations.js';
import { answerBegun, BEGUN } from './begun.js';
import { DecisionView } from './decision.view.js';
import { LogLevelRequest, LogLevelView } from './log-level.request.js';
import { ApiOps } from './openapi.js';
import { OperationsProblems } from './operations-problem.js';
import { OPS_PROBLEMS } from './ops.problems.js';

@ApiTags('fleet')
@Controller()
@UseInterceptors(OperationsProblems)
export class FleetController {
  constructor(private readonly operations: Operations) {}

  @Post('reload')
  @HttpCode(202)
  @ApiOps('Roll out the code that is on disk, a canary first', [OPS_PROBLEMS.ACTION_UNDER_WAY])
  @ApiAcceptedResponse({ ...BEGUN, type: DecisionView })
  reload(@Res({ passthrough: true }) reply: FastifyReply): Decision {
    return answerBegun(this.operations.reload(), reply);
  }

  @Put('log-level')
  @ApiOps('Change what the workers log', [
    HTTP_PROBLEMS.MALFORMED_JSON,
    HTTP_PROBLEMS.VALIDATION_FAILED,
    HTTP_PROBLEMS.BODY_TOO_LARGE,
    HTTP_PROBLEMS.UNSUPPORTED_MEDIA_TYPE,
    OPS_PROBLEMS.WORKER_UNKNOWN,
    OPS_PROBLEMS.LOG_LEVEL_REFUSED,
  ])
  @ApiOkResponse({ type: LogLevelView, description: 'Until they are started again.' })
  setLogLevel(@Body() { level, worker }: LogLevelRequest): Promise<LogLevelView> {
    return this.operations.setLogLevel({ level, pmId: worker ?? null });
  }
}
