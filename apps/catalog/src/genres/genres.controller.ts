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
import { Genre, GenrePage, CreateGenre, UpdateGenre } from './genres.dto.js';
import { GENRE_PROBLEMS } from './genres.problems.js';
import { GenresService } from './genres.service.js';

const { GENRE_NOT_FOUND, GENRE_NAME_TAKEN, GENRE_HAS_BOOKS } = GENRE_PROBLEMS;

@ApiTags('genres')
@Controller('genres')
export class GenresController {
  constructor(private readonly genres: GenresService) {}

  @Get()
  @CachedResponse()
  @ApiList(GenrePage, { summary: 'List and search genres, by name', problems: [] })
  list(@Query() query: SearchQuery) {
    return this.genres.list(query);
  }

  @Get(':id')
  @CachedResponse()
  @ApiRead(Genre, { summary: 'Read a genre', problems: [GENRE_NOT_FOUND] })
  find(@Param('id', IdPipe) id: number) {
    return this.genres.find(id);
  }

  @Post()
  @ApiCreate(Genre, { summary: 'Add a genre', problems: [GENRE_NAME_TAKEN] })
  async create(@Body() input: CreateGenre, @Res({ passthrough: true }) reply: FastifyReply) {
    const genre = await this.genres.create(input);
    reply.header('Location', `/genres/${genre.id}`);
    return genre;
  }

  @Patch(':id')
  @ApiUpdate(Genre, { summary: 'Change a genre', problems: [GENRE_NOT_FOUND, GENRE_NAME_TAKEN] })
  update(
    @Param('id', IdPipe) id: number,
    @Body() changes: UpdateGenre,
    @Headers('if-match') ifMatch?: string,
  ) {
    return this.genres.update(id, changes, ifMatch);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiDelete({ summary: 'Remove a genre without books', problems: [GENRE_NOT_FOUND, GENRE_HAS_BOOKS] })
  delete(@Param('id', IdPipe) id: number, @Headers('if-match') ifMatch?: string) {
    return this.genres.delete(id, ifMatch);
  }
}
