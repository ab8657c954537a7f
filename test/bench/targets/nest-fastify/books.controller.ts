import { Readable } from 'node:stream';
import { Controller, Get, Header, NotFoundException, Param, Query, StreamableFile } from '@nestjs/common';
import { BooksQuery, IdParam } from './catalogue.dto.js';
import { CatalogueService } from './catalogue.service.js';

@Controller('books')
export class BooksController {
  constructor(private readonly catalogue: CatalogueService) {}

  @Get()
  list(@Query() query: BooksQuery) {
    return this.catalogue.page(query);
  }

  @Get('export')
  @Header('Content-Type', 'application/x-ndjson; charset=utf-8')
  export() {
    return new StreamableFile(Readable.from(this.catalogue.lines(), { objectMode: false }));
  }

  @Get(':id')
  find(@Param() { id }: IdParam) {
    const book = this.catalogue.find(id);
    if (!book) throw new NotFoundException();
    return book;
  }
}
