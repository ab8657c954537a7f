import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, MaxLength } from 'class-validator';

/** A DTO field that holds a text of at most `longest` characters, not all of them white space. */
export function IsFilledText(longest: number): PropertyDecorator {
  return applyDecorators(
    MaxLength(longest),
    Matches(/\S/, { message: '$property must not be blank' }),
    IsString(),
  );
}
