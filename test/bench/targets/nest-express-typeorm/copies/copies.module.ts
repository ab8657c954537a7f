import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CopiesController } from './copies.controller.js';
import { CopiesService } from './copies.service.js';
import { Copy } from './copy.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Copy])],
  controllers: [CopiesController],
  providers: [CopiesService],
})
export class CopiesModule {}
