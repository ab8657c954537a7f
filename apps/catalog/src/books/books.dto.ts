import { LANGUAGE, LONGEST_TITLE, LONGEST_SUMMARY } from './books.limits.js';
export { LANGUAGE, LONGEST_TITLE, LONGEST_SUMMARY };
import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  buildMessage,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateBy,
} from 'class-validator';
import { IsCalendarDate } from '../http/calendar-date.js';
import { IsFilledText } from '../http/filled-text.js';
import { IsId } from '../http/is-id.js';
import { integerFrom, pageOf, SearchQuery } from '../pagination/page.dto.js';
import { BOOK_SORTS, type BookSort } from './book-sorts.js';
import { toIsbn13 } from './isbn.js';

/** A language tag such as `en`, `zh` or `pt-BR` (BCP 47, the common part). */
/** The longest title of the Gutenberg catalogue has 381 characters. */

function IsIsbn(): PropertyDecorator {
  return ValidateBy({
    name: 'isIsbn',
    validator: {
      validate: (value) => typeof value === 'string' && toIsbn13(value) !== undefined,
      defaultMessage: buildMessage(() => '$property must be an ISBN-10 or ISBN-13 with a right check digit'),
    },
  });
}

export class CreateBook {
  @ApiProperty({ example: 'Moby Dick; Or, The Whale', maxLength: LONGEST_TITLE })
  @IsFilledText(LONGEST_TITLE)
  readonly title!: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: LONGEST_SUMMARY })
  @IsOptional()
  @MaxLength(LONGEST_SUMMARY)
  @IsString()
  readonly summary?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '978-0-14-243724-7',
    description: 'ISBN-10 or ISBN-13, with or without hyphens; stored as ISBN-13.',
  })
  @IsOptional()
  @IsIsbn()
  readonly isbn?: string | null;

  @ApiPropertyOptional({ type: [String], example: ['en'], maxItems: 20 })
  @IsOptional()
  @Matches(LANGUAGE, {
    each: true,
    message: 'each value in $property must be a language tag such as en or pt-BR',
  })
  @ArrayUnique()
  @ArrayMaxSize(20)
  @IsArray()
  readonly languages?: string[] | null;

  @ApiPropertyOptional({ type: String, nullable: true, format: 'date', example: '1851-10-18' })
  @IsOptional()
  @IsCalendarDate()
  readonly publishedOn?: string | null;

  @ApiPropertyOptional({
    type: [Number],
    example: [1],
    maxItems: 100,
    description: 'In the order of the title page.',
  })
  @IsOptional()
  @IsId({ each: true })
  @ArrayUnique()
  @ArrayMaxSize(100)
  @IsArray()
  readonly authorIds?: number[] | null;

  @ApiPropertyOptional({ type: [Number], example: [1], maxItems: 100 })
  @IsOptional()
  @IsId({ each: true })
  @ArrayUnique()
  @ArrayMaxSize(100)
  @IsArray()
  readonly genreIds?: number[] | null;
}

export class UpdateBook extends PartialType(CreateBook, { skipNullProperties: false }) {}

export class BooksQuery extends SearchQuery {
  @ApiPropertyOptional({ type: Number, description: 'Only books of the author with this id.' })
  @IsOptional()
  @Transform(({ value }) => integerFrom(value))
  @IsId()
  readonly author?: number;

  @ApiPropertyOptional({ type: Number, description: 'Only books of the genre with this id.' })
  @IsOptional()
  @Transform(({ value }) => integerFrom(value))
  @IsId()
  readonly genre?: number;

  @ApiPropertyOptional({ example: 'en', description: 'Only books in this language.' })
  @IsOptional()
  @Matches(LANGUAGE, { message: '$property must be a language tag such as en or pt-BR' })
  readonly language?: string;

  @ApiPropertyOptional({ enum: BOOK_SORTS, default: 'id', description: 'A leading minus sorts downwards.' })
  @IsIn(BOOK_SORTS)
  readonly sort: BookSort = 'id';
}

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export class ExportQuery {
  @ApiPropertyOptional({ enum: EXPORT_FORMATS, default: 'ndjson' })
  @IsIn(EXPORT_FORMATS)
  readonly format: ExportFormat = 'ndjson';
}

export class BookAuthor {
  @ApiProperty({ example: 1 })
  readonly id!: number;

  @ApiProperty({ example: 'Melville, Herman' })
  readonly name!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Translator', description: 'Null for who wrote it.' })
  readonly role!: string | null;
}

export class BookGenre {
  @ApiProperty({ example: 1 })
  readonly id!: number;

  @ApiProperty({ example: 'Adventure' })
  readonly name!: string;
}

export class Book {
  @ApiProperty({ example: 2701 })
  readonly id!: number;

  @ApiProperty({ example: 'Moby Dick; Or, The Whale' })
  readonly title!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly summary!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '9780142437247' })
  readonly isbn!: string | null;

  @ApiProperty({ type: [String], example: ['en'] })
  readonly languages!: string[];

  @ApiProperty({ type: String, nullable: true, format: 'date', example: '1851-10-18' })
  readonly publishedOn!: string | null;

  @ApiProperty({ type: [BookAuthor] })
  readonly authors!: BookAuthor[];

  @ApiProperty({ type: [BookGenre] })
  readonly genres!: BookGenre[];
}

export const BookPage = pageOf(Book, 'BookPage');
