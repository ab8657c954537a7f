import { authorIdentity } from '../authors/author-identity.js';
import type { Contribution } from './imported-book.js';
import { parseLifespan } from './lifespan.js';
import { splitList } from './lists.js';

const ROLE = / \[([^[\]]+)\]$/;

/** Reads `Aesop, 621? BCE-565? BCE; Townsend, George Fyler, 1814-1900 [Translator]`. */
export function parseAuthors(text: string): Contribution[] {
  return splitList(text).map(parseAuthor);
}

function parseAuthor(text: string): Contribution {
  const role = ROLE.exec(text);
  const person = role ? text.slice(0, role.index) : text;
  const comma = person.lastIndexOf(', ');
  const lifespan = comma >= 0 ? person.slice(comma + 2) : '';
  const dates = parseLifespan(lifespan);
  const facts = {
    name: dates ? person.slice(0, comma).trim() : person.trim(),
    bornYear: dates?.bornYear ?? null,
    diedYear: dates?.diedYear ?? null,
    lifespan: dates ? lifespan : null,
  };
  return { author: { ...facts, identity: authorIdentity(facts) }, role: role?.[1]?.trim() || null };
}
