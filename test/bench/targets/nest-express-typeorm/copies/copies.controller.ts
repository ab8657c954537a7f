import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { IdParam } from '../id.param.js';
import { CopiesService } from './copies.service.js';
import { LoanCopy } from './loan-copy.dto.js';

@Controller('copies')
export class CopiesController {
  constructor(private readonly copies: CopiesService) {}

  @Post(':id/loan')
  @HttpCode(200)
  loan(@Param() { id }: IdParam, @Body() loan: LoanCopy) {
    return this.copies.loan(id, loan);
  }

  @Post(':id/return')
  @HttpCode(200)
  return(@Param() { id }: IdParam) {
    return this.copies.return(id);
  }
}
