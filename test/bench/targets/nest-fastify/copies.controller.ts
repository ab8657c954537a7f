import { Body, ConflictException, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { IdParam, LoanCopy } from './catalogue.dto.js';
import { CatalogueService } from './catalogue.service.js';

@Controller('copies')
export class CopiesController {
  constructor(private readonly catalogue: CatalogueService) {}

  @Post(':id/loan')
  @HttpCode(200)
  loan(@Param() { id }: IdParam, @Body() { borrower, dueBack }: LoanCopy) {
    const copy = this.catalogue.lend(id, borrower, dueBack);
    if (!copy) throw new ConflictException();
    return copy;
  }

  @Post(':id/return')
  @HttpCode(200)
  return(@Param() { id }: IdParam) {
    const copy = this.catalogue.takeBack(id);
    if (!copy) throw new ConflictException();
    return copy;
  }
}
