import { Problem, type ProblemOccurrence } from './problem.js';

/** What all occurrences of a problem have in common. */
export interface ProblemDefinition {
  /** HTTP status, 400–599. */
  readonly status: number;
  /** The same words for every occurrence. */
  readonly title: string;
}

/** Makes one occurrence of a problem, to be thrown; tells what all occurrences have in common. */
export interface ProblemFactory extends ProblemDefinition {
  (occurrence: ProblemOccurrence): Problem;
  readonly code: string;
}

/** A factory per code, and the definitions themselves under `table`, for documentation. */
export type ProblemTable<Definitions> = { readonly [Code in keyof Definitions]: ProblemFactory } & {
  readonly table: Readonly<Definitions>;
};

/**
 * Turns a feature's list of problems into functions that make them.
 *
 * @example
 * const BOOK_PROBLEMS = problemTable({ BOOK_NOT_FOUND: { status: 404, title: 'No such book' } });
 * throw BOOK_PROBLEMS.BOOK_NOT_FOUND({ detail: 'There is no book 7.' });
 * @throws Error for a status outside 400–599.
 */
export function problemTable<const Definitions extends Readonly<Record<string, ProblemDefinition>>>(
  definitions: Definitions,
): ProblemTable<Definitions> {
  const entries = Object.entries(definitions).map(([code, { status, title }]) => {
    if (!isErrorStatus(status)) throw new Error(`${code} has the status ${status}; a problem's is 400–599`);
    const make = (occurrence: ProblemOccurrence) => new Problem({ code, status, title, ...occurrence });
    return [code, Object.assign(make, { code, status, title })];
  });
  // Without a prototype, a code that comes from outside finds nothing under `toString` or `constructor`.
  const factories: object = Object.assign(Object.create(null), Object.fromEntries(entries));
  const table: object = Object.freeze(Object.assign(Object.create(null), definitions));
  return Object.freeze(Object.assign(factories, { table })) as ProblemTable<Definitions>;
}

/** Whether HTTP means an error by this status. */
export function isErrorStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 400 && status <= 599;
}
