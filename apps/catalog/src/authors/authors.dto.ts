import { LONGEST_NAME, LONGEST_LIFESPAN, EARLIEST_YEAR, LATEST_YEAR } from './authors.limits.js';
export { LONGEST_NAME, LONGEST_LIFESPAN, EARLIEST_YEAR, LATEST_YEAR };
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { IsFilledText } from '../http/filled-text.js';
import { pageOf } from '../pagination/page.dto.js';

/** Room for names with titles and variants; the longest of the Gutenberg catalogue is half as long. */
/** The oldest writing that names its author is from about 2300 BCE. */

function IsYear(example: number): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'integer',
      nullable: true,
      example,
      minimum: EARLIEST_YEAR,
      maximum: LATEST_YEAR,
      description: 'Negative for BCE.',
    }),
    IsOptional(),
    IsInt(),
    Min(EARLIEST_YEAR),
    Max(LATEST_YEAR),
  );
}

export class CreateAuthor {
  @ApiProperty({ example: 'Melville, Herman', maxLength: LONGEST_NAME })
  @IsFilledText(LONGEST_NAME)
  readonly name!: string;

  @IsYear(1819)
  readonly bornYear?: number | null;

  @IsYear(1891)
  readonly diedYear?: number | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '1819-1891',
    maxLength: LONGEST_LIFESPAN,
    description: 'As the source words it.',
  })
  @IsOptional()
  @MaxLength(LONGEST_LIFESPAN)
  @IsString()
  readonly lifespan?: string | null;
}

export class UpdateAuthor extends PartialType(CreateAuthor, { skipNullProperties: false }) {}

export class Author {
  @ApiProperty({ example: 1 })
  readonly id!: number;

  @ApiProperty({ example: 'Aesop' })
  readonly name!: string;

  @ApiProperty({ type: 'integer', nullable: true, example: -621 })
  readonly bornYear!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: -565 })
  readonly diedYear!: number | null;

  @ApiProperty({ type: String, nullable: true, example: '621? BCE-565? BCE' })
  readonly lifespan!: string | null;
}

export const AuthorPage = pageOf(Author, 'AuthorPage');
