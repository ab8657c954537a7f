import type { ImportedAuthor } from './imported-book.js';
import { parseLifespan } from './lifespan.js';
import { splitList } from './lists.js';

const ROLE = / \[([^[\]]+)\]$/;

/** Reads `Aesop, 621? BCE-565? BCE; Townsend, George Fyler, 1814-1900 [Translator]`. */
export function parseAuthors(text: string): ImportedAuthor[] {
  return splitList(text).map(parseAuthor);
}

function parseAuthor(text: string): ImportedAuthor {
  const role = ROLE.exec(text);
  const person = role ? text.slice(0, role.index) : text;
  const comma = person.lastIndexOf(', ');
  const lifespan = comma > 0 ? person.slice(comma + 2) : '';
  const dates = parseLifespan(lifespan);
  return {
    name: dates ? person.slice(0, comma).trim() : person.trim(),
    bornYear: dates?.bornYear ?? null,
    diedYear: dates?.diedYear ?? null,
    lifespan: dates ? lifespan : null,
    role: role?.[1]?.trim() || null,
  };
}
