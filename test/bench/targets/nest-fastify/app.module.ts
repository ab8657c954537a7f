import { Module } from '@nestjs/common';
import { BooksController } from './books.controller.js';
import { CatalogueService } from './catalogue.service.js';
import { CopiesController } from './copies.controller.js';
import { HealthController } from './health.controller.js';

@Module({
  controllers: [BooksController, CopiesController, HealthController],
  providers: [CatalogueService],
})
export class AppModule {}
