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
import { ApiCreate, ApiDelete, ApiList, ApiRead, ApiUpdate } from '../http/openapi.js';
import { SearchQuery } from '../pagination/page.dto.js';
import { Author, AuthorPage, CreateAuthor, UpdateAuthor } from './authors.dto.js';
import { AUTHOR_PROBLEMS } from './authors.problems.js';
import { AuthorsService } from './authors.service.js';

const { AUTHOR_NOT_FOUND, AUTHOR_EXISTS, AUTHOR_HAS_BOOKS } = AUTHOR_PROBLEMS;

@ApiTags('authors')
@Controller('authors')
export class AuthorsController {
  constructor(private readonly authors: AuthorsService) {}

  @Get()
  @CachedResponse()
  @ApiList(AuthorPage, { summary: 'List and search authors, by name', problems: [] })
  list(@Query() query: SearchQuery) {
    return this.authors.list(query);
  }

  @Get(':id')
  @CachedResponse()
  @ApiRead(Author, { summary: 'Read an author', problems: [AUTHOR_NOT_FOUND] })
  find(@Param('id', IdPipe) id: number) {
    return this.authors.find(id);
  }

  @Post()
  @ApiCreate(Author, { summary: 'Add an author', problems: [AUTHOR_EXISTS] })
  async create(@Body() input: CreateAuthor, @Res({ passthrough: true }) reply: FastifyReply) {
    const author = await this.authors.create(input);
    reply.header('Location', `/authors/${author.id}`);
    return author;
  }

  @Patch(':id')
  @ApiUpdate(Author, { summary: 'Change an author', problems: [AUTHOR_NOT_FOUND, AUTHOR_EXISTS] })
  update(
    @Param('id', IdPipe) id: number,
    @Body() changes: UpdateAuthor,
    @Headers('if-match') ifMatch?: string,
  ) {
    return this.authors.update(id, changes, ifMatch);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiDelete({ summary: 'Remove an author without books', problems: [AUTHOR_NOT_FOUND, AUTHOR_HAS_BOOKS] })
  delete(@Param('id', IdPipe) id: number, @Headers('if-match') ifMatch?: string) {
    return this.authors.delete(id, ifMatch);
  }
}
