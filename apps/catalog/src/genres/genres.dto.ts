import { LONGEST_GENRE } from './genres.limits.js';
export { LONGEST_GENRE };
import { ApiProperty, PartialType } from '@nestjs/swagger';
import { IsFilledText } from '../http/filled-text.js';
import { pageOf } from '../pagination/page.dto.js';

export class CreateGenre {
  @ApiProperty({ example: 'Sea stories', maxLength: LONGEST_GENRE })
  @IsFilledText(LONGEST_GENRE)
  readonly name!: string;
}

export class UpdateGenre extends PartialType(CreateGenre, { skipNullProperties: false }) {}

export class Genre {
  @ApiProperty({ example: 1 })
  readonly id!: number;

  @ApiProperty({ example: 'Adventure' })
  readonly name!: string;
}

export const GenrePage = pageOf(Genre, 'GenrePage');
