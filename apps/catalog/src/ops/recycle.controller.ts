import { Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ProcessGuard, type GuardStatus } from '@evernest/process-guard';
import { ServiceDoorOnly } from '@evernest/service-door';
import type { FastifyReply } from 'fastify';

/** Asks this worker to leave, so that whoever started it starts a fresh one. */
@ServiceDoorOnly()
@ApiExcludeController()
@Controller('recycle')
export class RecycleController {
  constructor(private readonly guard: ProcessGuard) {}

  /** @returns who leaves */
  @Post()
  @HttpCode(202)
  recycle(@Res({ passthrough: true }) reply: FastifyReply): Pick<GuardStatus, 'bootId' | 'pid'> {
    reply.raw.once('close', () => this.guard.stop('its service door'));
    const { bootId, pid } = this.guard.status();
    return { bootId, pid };
  }
}
