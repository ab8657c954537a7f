import { booksById, booksByIdUncached } from './books-by-id.js';
import { booksExport } from './export.js';
import { healthLive } from './health-live.js';
import { deepPage, firstPage, firstPageUncached, search, searchUncached } from './lists.js';
import { loanAndReturn, mixed } from './loans.js';
import { notFound } from './not-found.js';
import { notModified } from './not-modified.js';

/**
 * A workload has a `name`, a `title`, and `requests(context)`: what one connection asks for, again and again. Optional:
 * - `prepare(context)`: what has to be read from a target first; `requests` finds it as `prepared`
 * - `comparable(answer)`: what of an answer must be the same for all targets; by default its status and its JSON
 * - `expects`: the statuses that are no failure; by default 200
 * - `connections`: how many; by default as connections.js has it
 * - `leadIn`: how many requests each connection makes before every turn, which do not count; by default none
 * - `multipleOf`: each connection makes a multiple of so many requests
 */
export const WORKLOADS = [
  booksById,
  booksByIdUncached,
  firstPage,
  firstPageUncached,
  deepPage,
  search,
  searchUncached,
  notModified,
  notFound,
  loanAndReturn,
  mixed,
  healthLive,
  booksExport,
];

export function workloadNamed(name) {
  return WORKLOADS.find((workload) => workload.name === name);
}
