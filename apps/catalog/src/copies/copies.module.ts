import { Module } from '@nestjs/common';
import { CopiesController } from './copies.controller.js';
import { CopiesRepository } from './copies.repository.js';
import { CopiesService } from './copies.service.js';

@Module({
  controllers: [CopiesController],
  providers: [CopiesService, CopiesRepository],
})
export class CopiesModule {}
