import { Type } from 'class-transformer';
import { IsDateString, IsInt, IsNotEmpty, IsOptional, IsString, MaxLength, Min } from 'class-validator';

export class IdParam {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  readonly id!: number;
}

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

export class LoanCopy {
  @IsString()
  @IsNotEmpty()
  @MaxLength(300)
  readonly borrower!: string;

  @IsDateString()
  readonly dueBack!: string;
}
