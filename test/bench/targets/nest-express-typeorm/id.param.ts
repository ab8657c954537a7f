import { Type } from 'class-transformer';
import { IsInt, Min } from 'class-validator';

export class IdParam {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  readonly id!: number;
}
