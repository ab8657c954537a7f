/** What tells one author from another: the name with the dates, as the source words them. */
export interface AuthorFacts {
  readonly name: string;
  readonly bornYear: number | null;
  readonly diedYear: number | null;
  readonly lifespan: string | null;
}

/** Equal for two rows that mean the same author; two people of one name differ in their dates. */
export function authorIdentity({ name, bornYear, diedYear, lifespan }: AuthorFacts): string {
  const dates =
    lifespan ?? (bornYear === null && diedYear === null ? '' : `${bornYear ?? ''}/${diedYear ?? ''}`);
  return `${name.normalize('NFC').trim()}|${dates}`;
}
