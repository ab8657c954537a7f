import { Controller, Get, HttpCode, Param, Post, Res, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HTTP_PROBLEMS } from '@evernest/process-guard';
import type { FastifyReply } from 'fastify';
import type { Decision } from '../decisions/decision.js';
import { Operations } from '../operations.js';
import { answerBegun, BEGUN } from './begun.js';
import { DecisionView } from './decision.view.js';
import { ApiOps } from './openapi.js';
import { OperationsProblems, unknownWorker } from './operations-problem.js';
import { OPS_PROBLEMS } from './ops.problems.js';
import { PmIdPipe } from './pm-id.pipe.js';
import { FleetView, toWorkerView, WorkerDetailsView } from './worker.view.js';

/** Decisions that are told with one worker. */
const LAST_DECISIONS = 20;

@ApiTags('workers')
@Controller('workers')
@UseInterceptors(OperationsProblems)
export class WorkersController {
  constructor(private readonly operations: Operations) {}

  @Get()
  @ApiOps('List the workers')
  @ApiOkResponse({ type: FleetView, description: 'As they were last seen.' })
  list(): FleetView {
    const { atMs, workers } = this.operations.fleet();
    const newest = newestByWorker(this.operations.decisions());
    return {
      at: new Date(atMs).toISOString(),
      expectedWorkers: this.operations.expectedWorkers,
      workers: workers.map((worker) =>
        toWorkerView(worker, {
          budgetLeft: this.operations.budgetLeft(worker.pmId),
          lastDecision: newest.get(worker.pmId) ?? null,
        }),
      ),
    };
  }

  @Get(':pmId')
  @ApiOps('Read a worker', [HTTP_PROBLEMS.VALIDATION_FAILED, OPS_PROBLEMS.WORKER_UNKNOWN])
  @ApiOkResponse({ type: WorkerDetailsView, description: 'As it was last seen, with its last decisions.' })
  find(@Param('pmId', PmIdPipe) pmId: number): WorkerDetailsView {
    const { workers } = this.operations.fleet();
    const worker = workers.find((candidate) => candidate.pmId === pmId);
    if (!worker) throw unknownWorker(pmId);
    const decisions = this.operations
      .decisions()
      .filter((decision) => decision.worker?.pmId === pmId)
      .slice(-LAST_DECISIONS)
      .toReversed();
    const budgetLeft = this.operations.budgetLeft(pmId);
    const view = toWorkerView(worker, { budgetLeft, lastDecision: decisions[0] ?? null });
    return Object.assign(view, { decisions });
  }

  @Post(':pmId/recycle')
  @HttpCode(202)
  @ApiOps('Replace a worker, new before old', [
    HTTP_PROBLEMS.VALIDATION_FAILED,
    OPS_PROBLEMS.WORKER_UNKNOWN,
    OPS_PROBLEMS.ACTION_UNDER_WAY,
  ])
  @ApiAcceptedResponse({ ...BEGUN, type: DecisionView })
  recycle(@Param('pmId', PmIdPipe) pmId: number, @Res({ passthrough: true }) reply: FastifyReply): Decision {
    return answerBegun(this.operations.recycle(pmId), reply);
  }
}

function newestByWorker(oldestFirst: readonly Decision[]): ReadonlyMap<number | undefined, Decision> {
  return new Map(oldestFirst.map((decision) => [decision.worker?.pmId, decision]));
}
