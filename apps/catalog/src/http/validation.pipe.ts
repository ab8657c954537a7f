import {
  ValidationPipe,
  type ArgumentMetadata,
  type PipeTransform,
  type ValidationError,
  type ValidationPipeOptions,
} from '@nestjs/common';
import { HTTP_PROBLEMS, type FieldError } from '@evernest/process-guard';

/** What is declared of a part of the path or of a header; `unknown` and unions are `Object`. */
const PLAIN_TYPES = new Set<unknown>([undefined, String, Number, Boolean, Object]);

/**
 * Nest's pipe for what has a DTO. All else goes past it, without the turns that a promise costs, and as it came: Nest
 * would make a number of `1e3` before {@link IdPipe} could refuse it.
 */
class DtoPipe implements PipeTransform {
  readonly #dtos: ValidationPipe;

  constructor(options: ValidationPipeOptions) {
    this.#dtos = new ValidationPipe(options);
  }

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    return PLAIN_TYPES.has(metadata.metatype) ? value : this.#dtos.transform(value, metadata);
  }
}

/** Lets through what a DTO describes and nothing else; names every field that is wrong. */
export function createValidationPipe(): PipeTransform {
  return new DtoPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => {
      const fields = errors.flatMap((error) => fieldErrors(error));
      return HTTP_PROBLEMS.VALIDATION_FAILED({
        detail: fields.map(({ field, message }) => `${field} ${message}.`).join(' '),
        errors: fields,
      });
    },
  });
}

function fieldErrors(error: ValidationError, parent = ''): FieldError[] {
  const field = fieldPath(parent, error.property);
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    field,
    message: rule === 'whitelistValidation' ? 'is not a known field' : withoutName(message, error.property),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}

function fieldPath(parent: string, property: string): string {
  if (!parent) return property;
  return /^\d+$/.test(property) ? `${parent}[${property}]` : `${parent}.${property}`;
}

/** class-validator begins its sentences with the field's name, which we tell beside the message. */
function withoutName(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
