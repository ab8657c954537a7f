import { IsOptional, IsString, MaxLength } from 'class-validator';

export class BooksQuery {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly search?: string;

  @IsOptional()
  @IsString()
  @MaxLength(20)
  readonly cursor?: string;
}
