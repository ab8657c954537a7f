import { Module } from '@nestjs/common';
import { AuthorsModule } from '../authors/authors.module.js';
import { GenresModule } from '../genres/genres.module.js';
import { SearchModule } from '../search/search.module.js';
import { BooksExport } from './books-export.js';
import { BooksExportController } from './books-export.controller.js';
import { BooksController } from './books.controller.js';
import { BooksRepository } from './books.repository.js';
import { BooksService } from './books.service.js';

@Module({
  imports: [AuthorsModule, GenresModule, SearchModule],
  controllers: [BooksExportController, BooksController],
  providers: [BooksService, BooksRepository, BooksExport],
})
export class BooksModule {}
