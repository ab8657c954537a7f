import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { FleetMetrics } from './fleet-metrics.js';
import { ApiOps } from './openapi.js';

const EXPOSITION_MEDIA_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

@ApiTags('metrics')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: FleetMetrics) {}

  @Get()
  @Header('Content-Type', EXPOSITION_MEDIA_TYPE)
  @Header('Cache-Control', 'no-store')
  @ApiOps('Read the metrics of all workers')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' }, description: "Prometheus' text format." })
  read(): Promise<string> {
    return this.metrics.fleetExposition();
  }
}
