import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { HTTP_PROBLEMS, type FieldError } from '@evernest/process-guard';

/** Nest's pipe would make a number of `1e3` before {@link IdPipe} could refuse it. */
class DtoPipe extends ValidationPipe {
  protected override transformPrimitive(value: unknown): unknown {
    return value;
  }
}

/** Lets through what a DTO describes and nothing else; names every field that is wrong. */
export function createValidationPipe(): ValidationPipe {
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
