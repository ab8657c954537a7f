import { IsDateString, IsNotEmpty, IsString, MaxLength } from 'class-validator';

export class LoanCopy {
  @IsString()
  @IsNotEmpty()
  @MaxLength(300)
  readonly borrower!: string;

  @IsDateString()
  readonly dueBack!: string;
}
