import { Controller, Get } from '@nestjs/common';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import { ProcessGuardIndicator } from '@evernest/process-guard';

@Controller('health')
export class HealthController {
  constructor(
    private readonly terminus: HealthCheckService,
    private readonly processGuard: ProcessGuardIndicator,
  ) {}

  @Get('live')
  @HealthCheck()
  live() {
    return this.terminus.check([() => this.processGuard.live()]);
  }

  @Get('ready')
  @HealthCheck()
  ready() {
    return this.terminus.check([() => this.processGuard.ready()]);
  }
}
