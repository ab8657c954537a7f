import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';
import { isId, LARGEST_ID } from './id.js';

/** A DTO field that holds the id of something. */
export function IsId(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isId',
      validator: {
        validate: isId,
        defaultMessage: buildMessage(
          (eachPrefix) => `${eachPrefix}$property must be a whole number from 1 to ${LARGEST_ID}`,
          options,
        ),
      },
    },
    options,
  );
}
