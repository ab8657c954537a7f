import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, ValidateIf } from 'class-validator';
import { COPY_STATUSES, type CopyStatus } from '../database/schema.js';
import { IsCalendarDate } from '../http/calendar-date.js';
import { IsFilledText } from '../http/filled-text.js';
import { IsId } from '../http/is-id.js';
import { integerFrom, PageQuery, pageOf } from '../pagination/page.dto.js';

const LONGEST_IMPRINT = 300;
const LONGEST_BORROWER = 300;

/** What a client may set; a loan has a borrower and a date, so it goes through its own route. */
const SETTABLE_STATUSES = COPY_STATUSES.filter((status) => status !== 'loaned');

export class CreateCopy {
  @ApiProperty({ example: 1, description: 'The book that this is a copy of.' })
  @IsId()
  readonly bookId!: number;

  @ApiProperty({ example: 'Harper & Brothers, New York, 1851', maxLength: LONGEST_IMPRINT })
  @IsFilledText(LONGEST_IMPRINT)
  readonly imprint!: string;

  @ApiPropertyOptional({ enum: SETTABLE_STATUSES, default: 'available' })
  @ValidateIf((_, value) => value !== undefined)
  @IsIn(SETTABLE_STATUSES, {
    message: `$property must be one of ${SETTABLE_STATUSES.join(', ')}; POST /copies/:id/loan lends a copy`,
  })
  readonly status?: CopyStatus;
}

export class UpdateCopy extends PartialType(CreateCopy, { skipNullProperties: false }) {}

export class LoanCopy {
  @ApiProperty({ example: 'Ishmael', maxLength: LONGEST_BORROWER })
  @IsFilledText(LONGEST_BORROWER)
  readonly borrower!: string;

  @ApiProperty({ format: 'date', example: '2027-01-31' })
  @IsCalendarDate()
  readonly dueBack!: string;
}

export class CopiesQuery extends PageQuery {
  @ApiPropertyOptional({ type: Number, description: 'Only copies of the book with this id.' })
  @IsOptional()
  @Transform(({ value }) => integerFrom(value))
  @IsId()
  readonly book?: number;

  @ApiPropertyOptional({ enum: COPY_STATUSES })
  @IsOptional()
  @IsIn(COPY_STATUSES)
  readonly status?: CopyStatus;
}

export class Copy {
  @ApiProperty({ example: 1 })
  readonly id!: number;

  @ApiProperty({ example: 1 })
  readonly bookId!: number;

  @ApiProperty({ example: 'Project Gutenberg #2701' })
  readonly imprint!: string;

  @ApiProperty({ enum: COPY_STATUSES })
  readonly status!: CopyStatus;

  @ApiProperty({ type: String, nullable: true })
  readonly borrower!: string | null;

  @ApiProperty({ type: String, nullable: true, format: 'date' })
  readonly dueBack!: string | null;
}

export const CopyPage = pageOf(Copy, 'CopyPage');
