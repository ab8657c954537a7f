import { wordsOf } from '@evernest/database';

/** @returns the words to search for, or undefined when there is no search; none at all match nothing. */
export function searchWords(search: string | undefined): string[] | undefined {
  return search?.trim() ? [...new Set(wordsOf(search))] : undefined;
}
