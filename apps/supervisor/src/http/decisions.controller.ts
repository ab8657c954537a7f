import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HTTP_PROBLEMS } from '@evernest/process-guard';
import type { Decision } from '../decisions/decision.js';
import { concernsWorker } from '../decisions/worker-end.js';
import { Operations } from '../operations.js';
import { DecisionListView, DecisionView } from './decision.view.js';
import { DecisionsQuery } from './decisions.query.js';
import { ApiOps } from './openapi.js';
import { OPS_PROBLEMS } from './ops.problems.js';

@ApiTags('decisions')
@Controller('decisions')
export class DecisionsController {
  constructor(private readonly operations: Operations) {}

  @Get()
  @ApiOps('List decisions, newest first', [HTTP_PROBLEMS.VALIDATION_FAILED])
  @ApiOkResponse({ type: DecisionListView, description: 'Of the newest 1000.' })
  list(@Query() { limit, worker, before }: DecisionsQuery): DecisionListView {
    const items = this.operations
      .decisions()
      .filter((decision) => worker === undefined || concernsWorker(decision, worker))
      // Later ids sort behind earlier ones, so that of a decision that is no longer kept will do.
      .filter(({ id }) => before === undefined || id < before)
      .slice(-limit)
      .toReversed();
    return { items };
  }

  @Get(':id')
  @ApiOps('Read a decision', [OPS_PROBLEMS.DECISION_UNKNOWN])
  @ApiOkResponse({ type: DecisionView, description: 'With its outcome, once it has one.' })
  find(@Param('id') id: string): Decision {
    const decision = this.operations.decisions().findLast((candidate) => candidate.id === id);
    if (decision) return decision;
    throw OPS_PROBLEMS.DECISION_UNKNOWN({
      detail: `There is no decision ${id} among the newest 1000. Older ones are in decisions.ndjson.`,
    });
  }
}
