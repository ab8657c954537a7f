/** The dates of a person: years, negative for BCE, null where unknown. */
export interface Lifespan {
  readonly bornYear: number | null;
  readonly diedYear: number | null;
}

const RANGE = /^(?:(\d{1,4})\??( BCE| B\.C\.)?)?-(?:(\d{1,4})\??( BCE| B\.C\.)?)?$/;
/** `active 12th century`, `active 317-322`: when somebody worked tells nothing of birth and death. */
const ACTIVE = /^active \D*\d/;

/** Reads `1743-1826`, `1957-`, `-1468`, `621? BCE-565? BCE` and the like. @returns undefined for what is no date. */
export function parseLifespan(text: string): Lifespan | undefined {
  if (ACTIVE.test(text)) return { bornYear: null, diedYear: null };
  const match = RANGE.exec(text);
  if (!match || text === '-') return undefined;
  const [, born, bornEra, died, diedEra] = match;
  // `70-19 BCE` names the era once for both.
  return { bornYear: toYear(born, bornEra ?? diedEra), diedYear: toYear(died, diedEra) };
}

function toYear(digits: string | undefined, bce: string | undefined): number | null {
  if (digits === undefined) return null;
  return bce && Number(digits) > 0 ? -Number(digits) : Number(digits);
}
