import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { HTTP_PROBLEMS } from '@evernest/process-guard';
import { REQUEST_PROBLEMS } from '../http/http.problems.js';
import { ApiProblems } from '../http/openapi.js';
import { BooksExport } from './books-export.js';
import { ExportQuery } from './books.dto.js';

@ApiTags('books')
@Controller('books/export')
export class BooksExportController {
  constructor(private readonly books: BooksExport) {}

  @Get()
  @ApiOperation({ summary: 'Stream the whole catalogue' })
  @ApiProduces('application/x-ndjson', 'text/csv')
  @ApiResponse({ status: 200, schema: { type: 'string' }, description: 'One book a line.' })
  @ApiProblems([HTTP_PROBLEMS.VALIDATION_FAILED, REQUEST_PROBLEMS.DATABASE_UNAVAILABLE])
  export(@Query() { format }: ExportQuery): StreamableFile {
    const { contentType, stream } = this.books.open(format);
    return new StreamableFile(stream, {
      type: contentType,
      disposition: `attachment; filename="books.${format}"`,
    });
  }
}
