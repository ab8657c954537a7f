import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { HTTP_PROBLEMS, type FieldError, type Problem } from '@evernest/process-guard';

/** No request of this API holds anything but single values, which spares it everything that nested input could do. */
class FlatDtoPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type } = metadata;
    if (type === 'body' || type === 'query') {
      const errors = flatFaults(type, value);
      if (errors.length > 0) throw validationFailed(errors);
    }
    return super.transform(value, metadata);
  }

  /** Nest's pipe would make a number of `1e3` before a pipe behind it could refuse it. */
  protected override transformPrimitive(value: unknown): unknown {
    return value;
  }
}

/** Lets through what a DTO describes and nothing else; names every field that is wrong. */
export function createValidationPipe(): ValidationPipe {
  return new FlatDtoPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => validationFailed(errors.flatMap(fieldErrors)),
  });
}

function flatFaults(source: 'body' | 'query', value: unknown): FieldError[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ field: source, message: 'must be a JSON object' }];
  }
  return Object.entries(value).flatMap(([field, entry]) => {
    // class-transformer skips in silence what every object inherits.
    if (field in Object.prototype) return [{ field, message: 'is not a known field' }];
    return typeof entry === 'object' && entry !== null ? [{ field, message: 'must be a single value' }] : [];
  });
}

function fieldErrors({ property, constraints }: ValidationError): FieldError[] {
  return Object.entries(constraints ?? {}).map(([rule, message]) => ({
    field: property,
    message: rule === 'whitelistValidation' ? 'is not a known field' : withoutName(message, property),
  }));
}

/** class-validator begins its sentences with the field's name, which we tell beside the message. */
function withoutName(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}

function validationFailed(errors: FieldError[]): Problem {
  return HTTP_PROBLEMS.VALIDATION_FAILED({
    detail: errors.map(({ field, message }) => `${field} ${message}.`).join(' '),
    errors,
  });
}
