import { Controller, HttpCode, Post, Res, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Decision } from '../decisions/decision.js';
import { Operations } from '../operations.js';
import { answerBegun, BEGUN } from './begun.js';
import { DecisionView } from './decision.view.js';
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
}
