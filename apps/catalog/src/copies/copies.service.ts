import { Injectable } from '@nestjs/common';
import { Database, ForeignKeyViolationError } from '@evernest/database';
import type { CatalogDb, CatalogSchema } from '../database/schema.js';
import { REQUEST_PROBLEMS } from '../http/http.problems.js';
import { requireMatch } from '../http/if-match.js';
import type { Page } from '../pagination/page.dto.js';
import { paginate } from '../pagination/paginate.js';
import type { CopiesQuery, Copy, CreateCopy, LoanCopy, UpdateCopy } from './copies.dto.js';
import { COPY_PROBLEMS } from './copies.problems.js';
import { CopiesRepository, COPY_ORDER } from './copies.repository.js';

@Injectable()
export class CopiesService {
  constructor(
    private readonly database: Database<CatalogSchema>,
    private readonly copies: CopiesRepository,
  ) {}

  find(id: number): Promise<Copy> {
    return this.#require(this.database.db, id);
  }

  list({ limit, cursor, ...filters }: CopiesQuery): Promise<Page<Copy>> {
    const scope = JSON.stringify(['copies', filters]);
    const positionLength = COPY_ORDER.columns.length;
    return paginate({ limit, cursor, scope, positionLength }, (after, count) =>
      this.copies.list(this.database.db, filters, after, count),
    );
  }

  create({ bookId, imprint, status = 'available' }: CreateCopy): Promise<Copy> {
    return this.#write(bookId, async (db) => {
      const id = await this.copies.insert(db, bookId, imprint, status);
      return this.#require(db, id);
    });
  }

  update(id: number, { bookId, imprint, status }: UpdateCopy, ifMatch?: string): Promise<Copy> {
    return this.#write(bookId, async (db) => {
      const copy = await this.#requireState(db, id, ifMatch);
      if (status !== undefined) requireNotOnLoan(copy);
      await this.copies.update(db, id, {
        ...(bookId !== undefined && { book_id: bookId }),
        ...(imprint !== undefined && { imprint }),
        ...(status !== undefined && { status }),
      });
      return this.#require(db, id);
    });
  }

  async delete(id: number, ifMatch?: string): Promise<void> {
    await this.database.transaction(async (db) => {
      requireNotOnLoan(await this.#requireState(db, id, ifMatch));
      await this.copies.delete(db, id);
    });
  }

  async loan(id: number, { borrower, dueBack }: LoanCopy): Promise<Copy> {
    const lent = await this.copies.lend(this.database.db, id, borrower, dueBack);
    if (lent) return lent;
    const { status } = await this.#require(this.database.db, id);
    throw COPY_PROBLEMS.COPY_NOT_AVAILABLE({
      detail: `Copy ${id} is not available: its status is ${status}.`,
    });
  }

  async return(id: number): Promise<Copy> {
    const returned = await this.copies.takeBack(this.database.db, id);
    if (returned) return returned;
    const { status } = await this.#require(this.database.db, id);
    throw COPY_PROBLEMS.COPY_NOT_ON_LOAN({ detail: `Copy ${id} is not on loan: its status is ${status}.` });
  }

  async #write(bookId: number | undefined, work: (db: CatalogDb) => Promise<Copy>): Promise<Copy> {
    try {
      return await this.database.transaction(work);
    } catch (error) {
      if (!(error instanceof ForeignKeyViolationError)) throw error;
      throw REQUEST_PROBLEMS.REFERENCE_UNKNOWN({
        detail: `There is no book ${bookId}.`,
        errors: [{ field: 'bookId', message: `${bookId} does not exist` }],
        cause: error,
      });
    }
  }

  async #requireState(db: CatalogDb, id: number, ifMatch: string | undefined): Promise<Copy> {
    await this.copies.lock(db, id);
    const copy = await this.#require(db, id);
    requireMatch(ifMatch, JSON.stringify(copy));
    return copy;
  }

  async #require(db: CatalogDb, id: number): Promise<Copy> {
    const copy = await this.copies.find(db, id);
    if (copy) return copy;
    throw COPY_PROBLEMS.COPY_NOT_FOUND({ detail: `There is no copy ${id}.` });
  }
}

function requireNotOnLoan({ id, status, borrower }: Copy): void {
  if (status !== 'loaned') return;
  throw COPY_PROBLEMS.COPY_ON_LOAN({
    detail: `Copy ${id} is lent to ${borrower}. POST /copies/${id}/return first.`,
  });
}
