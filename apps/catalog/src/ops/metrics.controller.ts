import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Metrics } from '@evernest/metrics';
import { ServiceDoorOnly } from '@evernest/service-door';
import type { FastifyReply } from 'fastify';

/** What this worker measures, for Prometheus and the supervisor. */
@ServiceDoorOnly()
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  async expose(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.type(this.metrics.contentType);
    return this.metrics.exposition();
  }
}
