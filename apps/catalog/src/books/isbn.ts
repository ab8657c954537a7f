import { isISBN } from 'class-validator';

/** @returns the ISBN as 13 digits, or undefined when a length or check digit is wrong. Hyphens and spaces are allowed. */
export function toIsbn13(text: string): string | undefined {
  if (!isISBN(text)) return undefined;
  const digits = text.replace(/[\s-]/g, '');
  return digits.length === 13 ? digits : fromIsbn10(digits);
}

function fromIsbn10(isbn10: string): string {
  const body = `978${isbn10.slice(0, 9)}`;
  const sum = Array.from(body).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return `${body}${(10 - (sum % 10)) % 10}`;
}
