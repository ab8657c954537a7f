import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** Where a list starts and how long it is. */
export class PageQuery {
  @ApiPropertyOptional({ description: 'How many items to return.', minimum: 1, maximum: 100, default: 20 })
  @Transform(({ value }) => integerFrom(value))
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 20;

  @ApiPropertyOptional({ description: 'The `nextCursor` of the page before, of the same query.' })
  @IsOptional()
  @IsString()
  @MaxLength(4096)
  readonly cursor?: string;
}

/** A list that can be searched. */
export class SearchQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Words that all must occur, without regard to case or accents.',
    maxLength: 200,
    example: 'moby dick',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly search?: string;
}

/** A number of a query string in plain digits; anything else stays as it is, for the validator to refuse. */
export function integerFrom(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
}

/** What a list answers: `nextCursor` is null on the last page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** The page of one item class, for OpenAPI. */
export function pageOf<Item extends object>(itemClass: new () => Item, name: string): new () => Page<Item> {
  class PageView implements Page<Item> {
    @ApiProperty({ type: [itemClass] })
    readonly items!: Item[];

    @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
    readonly nextCursor!: string | null;
  }
  Object.defineProperty(PageView, 'name', { value: name });
  return PageView;
}
