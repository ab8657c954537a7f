import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';
import { LARGEST_ID } from './id.js';

/** A DTO field that holds the id of something. */
export function IsId(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isId',
      validator: {
        validate: (value) => Number.isInteger(value) && value >= 1 && value <= LARGEST_ID,
        defaultMessage: buildMessage(
          (eachPrefix) => `${eachPrefix}$property must be a whole number from 1 to ${LARGEST_ID}`,
          options,
        ),
      },
    },
    options,
  );
}
