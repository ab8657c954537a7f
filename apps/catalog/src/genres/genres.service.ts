import { Injectable } from '@nestjs/common';
import { Database, ForeignKeyViolationError, UniqueViolationError } from '@evernest/database';
import type { CatalogDb, CatalogSchema } from '../database/schema.js';
import { requireMatch } from '../http/if-match.js';
import { requireReferences } from '../http/unknown-references.js';
import type { Page, SearchQuery } from '../pagination/page.dto.js';
import { paginate } from '../pagination/paginate.js';
import { searchWords } from '../search/search-words.js';
import type { CreateGenre, Genre, UpdateGenre } from './genres.dto.js';
import { GENRE_PROBLEMS } from './genres.problems.js';
import { GENRE_ORDER, GenresRepository } from './genres.repository.js';

@Injectable()
export class GenresService {
  constructor(
    private readonly database: Database<CatalogSchema>,
    private readonly genres: GenresRepository,
  ) {}

  find(id: number): Promise<Genre> {
    return this.#require(this.database.db, id);
  }

  async list({ search, limit, cursor }: SearchQuery): Promise<Page<Genre>> {
    const words = searchWords(search);
    if (words?.length === 0) return { items: [], nextCursor: null };
    const scope = JSON.stringify(['genres', words]);
    const positionLength = GENRE_ORDER.columns.length;
    return paginate({ limit, cursor, scope, positionLength }, (after, count) =>
      this.genres.list(this.database.db, words, after, count),
    );
  }

  create({ name }: CreateGenre): Promise<Genre> {
    return this.#write(async (db) => this.#require(db, await this.genres.insert(db, name)));
  }

  update(id: number, { name }: UpdateGenre, ifMatch?: string): Promise<Genre> {
    return this.#write(async (db) => {
      await this.#requireState(db, id, ifMatch);
      if (name !== undefined) await this.genres.rename(db, id, name);
      return this.#require(db, id);
    });
  }

  async delete(id: number, ifMatch?: string): Promise<void> {
    try {
      await this.database.transaction(async (db) => {
        await this.#requireState(db, id, ifMatch);
        await this.genres.delete(db, id);
      });
    } catch (error) {
      if (!(error instanceof ForeignKeyViolationError)) throw error;
      throw GENRE_PROBLEMS.GENRE_HAS_BOOKS({
        detail: `Books still belong to genre ${id}; GET /books?genre=${id} lists them.`,
        cause: error,
      });
    }
  }

  /** @throws REFERENCE_UNKNOWN naming each id of the request's `field` that is no genre. */
  async requireAll(db: CatalogDb, ids: readonly number[], field: string): Promise<void> {
    requireReferences(field, ids, await this.genres.existing(db, ids));
  }

  async #write(work: (db: CatalogDb) => Promise<Genre>): Promise<Genre> {
    try {
      return await this.database.transaction(work);
    } catch (error) {
      if (!(error instanceof UniqueViolationError) || error.key !== 'genres.identity') throw error;
      throw GENRE_PROBLEMS.GENRE_NAME_TAKEN({
        detail: 'Another genre has this name, without regard to case or accents.',
        errors: [{ field: 'name', message: 'belongs to another genre' }],
        cause: error,
      });
    }
  }

  async #requireState(db: CatalogDb, id: number, ifMatch: string | undefined): Promise<void> {
    await this.genres.lock(db, id);
    requireMatch(ifMatch, JSON.stringify(await this.#require(db, id)));
  }

  async #require(db: CatalogDb, id: number): Promise<Genre> {
    const genre = await this.genres.find(db, id);
    if (genre) return genre;
    throw GENRE_PROBLEMS.GENRE_NOT_FOUND({ detail: `There is no genre ${id}.` });
  }
}
