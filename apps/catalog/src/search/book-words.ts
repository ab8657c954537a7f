import { wordsOf } from '@evernest/database';

/** The words by which a book is found: those of its title and of its authors' names, each once. */
export function bookWords(title: string, authorNames: readonly string[]): string {
  return [...new Set(wordsOf([title, ...authorNames].join(' ')))].join(' ');
}
