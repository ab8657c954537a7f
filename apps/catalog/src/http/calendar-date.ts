import { buildMessage, ValidateBy } from 'class-validator';

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** True for a day that exists, as `YYYY-MM-DD`, from the year 1 on. */
export function isCalendarDate(text: unknown): text is string {
  if (typeof text !== 'string' || !DATE.test(text) || text.startsWith('0000')) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A DTO field that holds a day of the calendar. */
export function IsCalendarDate(): PropertyDecorator {
  return ValidateBy({
    name: 'isCalendarDate',
    validator: {
      validate: isCalendarDate,
      defaultMessage: buildMessage(() => '$property must be a day that exists, as YYYY-MM-DD'),
    },
  });
}
