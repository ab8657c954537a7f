import { Injectable, type PipeTransform } from '@nestjs/common';
import { HTTP_PROBLEMS } from '@evernest/process-guard';

/** The largest id: PostgreSQL's `integer`. */
export const LARGEST_ID = 2_147_483_647;

/** True for what both databases can hold as an id. */
export function isId(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= LARGEST_ID;
}

const ID = /^[1-9]\d{0,9}$/;

/** @returns the id, or undefined for anything but a plain whole number from 1 to {@link LARGEST_ID}. */
export function parseId(text: unknown): number | undefined {
  const id = typeof text === 'string' && ID.test(text) ? Number(text) : Number.NaN;
  return id <= LARGEST_ID ? id : undefined;
}

/** The `:id` of a path. */
@Injectable()
export class IdPipe implements PipeTransform<string, number> {
  transform(text: string): number {
    const id = parseId(text);
    if (id !== undefined) return id;
    const message = `must be a whole number from 1 to ${LARGEST_ID}`;
    throw HTTP_PROBLEMS.VALIDATION_FAILED({
      detail: `id ${message}.`,
      errors: [{ field: 'id', message }],
    });
  }
}
