import { Readable } from 'node:stream';
import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { IdParam } from '../id.param.js';
import { BooksQuery } from './books.query.js';
import { BooksService } from './books.service.js';

@Controller('books')
export class BooksController {
  constructor(private readonly books: BooksService) {}

  @Get()
  findPage(@Query() query: BooksQuery) {
    return this.books.findPage(query);
  }

  @Get('export')
  @Header('Content-Type', 'application/x-ndjson; charset=utf-8')
  export() {
    return new StreamableFile(Readable.from(this.books.lines(), { objectMode: false }));
  }

  @Get(':id')
  findOne(@Param() { id }: IdParam) {
    return this.books.findOne(id);
  }
}
