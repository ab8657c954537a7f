import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { HealthCheckResult } from '@nestjs/terminus';
import { ApiHealth } from './api-health.js';
import { HealthService } from './health.service.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiHealth('Everything that is checked, for people')
  all(): Promise<HealthCheckResult> {
    return this.health.all();
  }

  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiHealth('Whether a restart is not needed')
  live(): Promise<HealthCheckResult> {
    return this.health.check('live');
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiHealth('Whether traffic may come here')
  ready(): Promise<HealthCheckResult> {
    return this.health.check('ready');
  }

  @Get('startup')
  @Header('Cache-Control', 'no-store')
  @ApiHealth('Whether the start is over')
  startup(): Promise<HealthCheckResult> {
    return this.health.check('startup');
  }
}
