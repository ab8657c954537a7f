import { foldText } from '@evernest/database';

/** Equal for names that differ only in case, accents or spacing. */
export function genreIdentity(name: string): string {
  return foldText(name).replace(/\s+/g, ' ').trim();
}
