import { Controller, Get, NotFoundException, Param, ParseIntPipe, Query } from '@nestjs/common';
import { BooksService } from './books.service.js';

@Controller('books')
export class BooksController {
  constructor(private readonly books: BooksService) {}

  @Get()
  list(@Query('limit') limit = '20') {
    return this.books.list(Number(limit));
  }

  @Get(':id')
  async find(@Param('id', ParseIntPipe) id: number) {
    const book = await this.books.find(id);
    if (!book) throw new NotFoundException();
    return book;
  }
}
