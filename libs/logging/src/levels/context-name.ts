// Nest names contexts by classes; the bound is for what comes in from outside.
const MAX_LENGTH = 100;

/** @throws Error if this cannot be the context of a logger, such as `BooksService`, in a list like `info,BooksService=debug`. */
export function requireContextName(name: string): string {
  if (name.trim() === '' || name.length > MAX_LENGTH || /[=,\p{Cc}]/u.test(name)) {
    throw new Error(
      `"${name.slice(0, MAX_LENGTH)}" is not the context of a logger; write the name that its lines show, such as ` +
        `BooksService: up to ${MAX_LENGTH} characters without "=" and ",".`,
    );
  }
  return name;
}
