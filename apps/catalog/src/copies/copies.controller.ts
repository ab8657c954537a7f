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
import { REQUEST_PROBLEMS } from '../http/http.problems.js';
import { IdPipe } from '../http/id.js';
import { ApiAction, ApiCreate, ApiDelete, ApiList, ApiRead, ApiUpdate } from '../http/openapi.js';
import { CopiesQuery, Copy, CopyPage, CreateCopy, LoanCopy, UpdateCopy } from './copies.dto.js';
import { COPY_PROBLEMS } from './copies.problems.js';
import { CopiesService } from './copies.service.js';

const { COPY_NOT_FOUND, COPY_NOT_AVAILABLE, COPY_NOT_ON_LOAN, COPY_ON_LOAN } = COPY_PROBLEMS;
const { REFERENCE_UNKNOWN } = REQUEST_PROBLEMS;

@ApiTags('copies')
@Controller('copies')
export class CopiesController {
  constructor(private readonly copies: CopiesService) {}

  @Get()
  @CachedResponse()
  @ApiList(CopyPage, { summary: 'List copies', problems: [] })
  list(@Query() query: CopiesQuery) {
    return this.copies.list(query);
  }

  @Get(':id')
  @CachedResponse()
  @ApiRead(Copy, { summary: 'Read a copy', problems: [COPY_NOT_FOUND] })
  find(@Param('id', IdPipe) id: number) {
    return this.copies.find(id);
  }

  @Post()
  @ApiCreate(Copy, { summary: 'Add a copy of a book', problems: [REFERENCE_UNKNOWN] })
  async create(@Body() input: CreateCopy, @Res({ passthrough: true }) reply: FastifyReply) {
    const copy = await this.copies.create(input);
    reply.header('Location', `/copies/${copy.id}`);
    return copy;
  }

  @Patch(':id')
  @ApiUpdate(Copy, { summary: 'Change a copy', problems: [COPY_NOT_FOUND, COPY_ON_LOAN, REFERENCE_UNKNOWN] })
  update(
    @Param('id', IdPipe) id: number,
    @Body() changes: UpdateCopy,
    @Headers('if-match') ifMatch?: string,
  ) {
    return this.copies.update(id, changes, ifMatch);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiDelete({ summary: 'Remove a copy that is not on loan', problems: [COPY_NOT_FOUND, COPY_ON_LOAN] })
  delete(@Param('id', IdPipe) id: number, @Headers('if-match') ifMatch?: string) {
    return this.copies.delete(id, ifMatch);
  }

  @Post(':id/loan')
  @HttpCode(200)
  @ApiAction(Copy, { summary: 'Lend an available copy', problems: [COPY_NOT_FOUND, COPY_NOT_AVAILABLE] })
  loan(@Param('id', IdPipe) id: number, @Body() loan: LoanCopy) {
    return this.copies.loan(id, loan);
  }

  @Post(':id/return')
  @HttpCode(200)
  @ApiAction(Copy, { summary: 'Take a lent copy back', problems: [COPY_NOT_FOUND, COPY_NOT_ON_LOAN] })
  return(@Param('id', IdPipe) id: number) {
    return this.copies.return(id);
  }
}
