import { Injectable } from '@nestjs/common';
import { Database, ForeignKeyViolationError, UniqueViolationError } from '@evernest/database';
import type { CatalogDb, CatalogSchema } from '../database/schema.js';
import { requireMatch } from '../http/if-match.js';
import { requireReferences } from '../http/unknown-references.js';
import type { Page, SearchQuery } from '../pagination/page.dto.js';
import { paginate } from '../pagination/paginate.js';
import { BookIndex } from '../search/book-index.js';
import { searchWords } from '../search/search-words.js';
import type { AuthorFacts } from './author-identity.js';
import type { Author, CreateAuthor, UpdateAuthor } from './authors.dto.js';
import { AUTHOR_PROBLEMS } from './authors.problems.js';
import { AUTHOR_ORDER, AuthorsRepository } from './authors.repository.js';

@Injectable()
export class AuthorsService {
  constructor(
    private readonly database: Database<CatalogSchema>,
    private readonly authors: AuthorsRepository,
    private readonly bookIndex: BookIndex,
  ) {}

  find(id: number): Promise<Author> {
    return this.#require(this.database.db, id);
  }

  async list({ search, limit, cursor }: SearchQuery): Promise<Page<Author>> {
    const words = searchWords(search);
    if (words?.length === 0) return { items: [], nextCursor: null };
    const scope = JSON.stringify(['authors', words]);
    const positionLength = AUTHOR_ORDER.columns.length;
    return paginate({ limit, cursor, scope, positionLength }, (after, count) =>
      this.authors.list(this.database.db, words, after, count),
    );
  }

  create({ name, bornYear = null, diedYear = null, lifespan = null }: CreateAuthor): Promise<Author> {
    return this.#write(async (db) => {
      const id = await this.authors.insert(db, { name, bornYear, diedYear, lifespan });
      return this.#require(db, id);
    });
  }

  update(id: number, changes: UpdateAuthor, ifMatch?: string): Promise<Author> {
    return this.#write(async (db) => {
      const before = await this.#requireState(db, id, ifMatch);
      const { name = before.name, bornYear = before.bornYear } = changes;
      const { diedYear = before.diedYear, lifespan = before.lifespan } = changes;
      const after: AuthorFacts = { name, bornYear, diedYear, lifespan };
      await this.authors.update(db, id, after);
      if (after.name !== before.name) await this.bookIndex.updateByAuthor(db, id);
      return this.#require(db, id);
    });
  }

  async delete(id: number, ifMatch?: string): Promise<void> {
    try {
      await this.database.transaction(async (db) => {
        await this.#requireState(db, id, ifMatch);
        await this.authors.delete(db, id);
      });
    } catch (error) {
      if (!(error instanceof ForeignKeyViolationError)) throw error;
      throw AUTHOR_PROBLEMS.AUTHOR_HAS_BOOKS({
        detail: `Books still name author ${id}; GET /books?author=${id} lists them.`,
        cause: error,
      });
    }
  }

  /** @throws REFERENCE_UNKNOWN naming each id of the request's `field` that is no author. */
  async requireAll(db: CatalogDb, ids: readonly number[], field: string): Promise<void> {
    requireReferences(field, ids, await this.authors.existing(db, ids));
  }

  async #write(work: (db: CatalogDb) => Promise<Author>): Promise<Author> {
    try {
      return await this.database.transaction(work);
    } catch (error) {
      if (!(error instanceof UniqueViolationError) || error.key !== 'authors.identity') throw error;
      throw AUTHOR_PROBLEMS.AUTHOR_EXISTS({
        detail:
          'There is an author of this name and these dates. Use that one, or tell them apart by their lifespan.',
        errors: [{ field: 'name', message: 'belongs to another author with the same dates' }],
        cause: error,
      });
    }
  }

  async #requireState(db: CatalogDb, id: number, ifMatch: string | undefined): Promise<Author> {
    await this.authors.lock(db, id);
    const author = await this.#require(db, id);
    requireMatch(ifMatch, JSON.stringify(author));
    return author;
  }

  async #require(db: CatalogDb, id: number): Promise<Author> {
    const author = await this.authors.find(db, id);
    if (author) return author;
    throw AUTHOR_PROBLEMS.AUTHOR_NOT_FOUND({ detail: `There is no author ${id}.` });
  }
}
