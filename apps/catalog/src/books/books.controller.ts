import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CachedResponse } from '@evernest/response-cache';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../http/id.js';
import { REQUEST_PROBLEMS } from '../http/http.problems.js';
import { ApiCreate, ApiDelete, ApiList, ApiRead, ApiUpdate } from '../http/openapi.js';
import { Book, BookPage, BooksQuery, CreateBook, UpdateBook } from './books.dto.js';
import { BOOK_PROBLEMS } from './books.problems.js';
import { BooksService } from './books.service.js';

const { BOOK_NOT_FOUND, BOOK_ISBN_TAKEN, BOOK_HAS_COPIES } = BOOK_PROBLEMS;
const { REFERENCE_UNKNOWN } = REQUEST_PROBLEMS;

@ApiTags('books')
@Controller('books')
export class BooksController {
  constructor(private readonly books: BooksService) {}

  @Get()
  @CachedResponse()
  @ApiList(BookPage, { summary: 'List and search books', problems: [] })
  list(@Query() query: BooksQuery) {
    return this.books.list(query);
  }

  @Get(':id')
  @CachedResponse()
  @ApiRead(Book, { summary: 'Read a book', problems: [BOOK_NOT_FOUND] })
  find(@Param('id', IdPipe) id: number) {
    return this.books.find(id);
  }

  @Post()
  @ApiCreate(Book, { summary: 'Add a book', problems: [BOOK_ISBN_TAKEN, REFERENCE_UNKNOWN] })
  async create(@Body() input: CreateBook, @Res({ passthrough: true }) reply: FastifyReply) {
    const { id, book } = await this.books.create(input);
    reply.header('Location', `/books/${id}`);
    return book;
  }

  @Patch(':id')
  @ApiUpdate(Book, {
    summary: 'Change a book',
    problems: [BOOK_NOT_FOUND, BOOK_ISBN_TAKEN, REFERENCE_UNKNOWN],
  })
  update(
    @Param('id', IdPipe) id: number,
    @Body() changes: UpdateBook,
    @Headers('if-match') ifMatch?: string,
  ) {
    return this.books.update(id, changes, ifMatch);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiDelete({ summary: 'Remove a book without copies', problems: [BOOK_NOT_FOUND, BOOK_HAS_COPIES] })
  delete(@Param('id', IdPipe) id: number, @Headers('if-match') ifMatch?: string) {
    return this.books.delete(id, ifMatch);
  }
}
