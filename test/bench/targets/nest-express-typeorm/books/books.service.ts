import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Raw, type Repository } from 'typeorm';
import { Book } from './book.entity.js';
import type { BooksQuery } from './books.query.js';

const PAGE = 20;
const EXPORT_BATCH = 100;
const RELATIONS = { languages: true, authors: { author: true }, genres: true } as const;
@Injectable()
export class BooksService {
  constructor(@InjectRepository(Book) private readonly books: Repository<Book>) {}

  async findOne(id: number) {
    const book = await this.books.findOne({ where: { id }, relations: RELATIONS });
    if (!book) throw new NotFoundException();
    return toView(book);
  }

  async findPage({ search, cursor }: BooksQuery) {
    const books = await this.findAfter(Number(cursor ?? 0), PAGE + 1, search);
    const items = books.slice(0, PAGE);
    return { items, nextCursor: books.length > PAGE ? String(items.at(-1)?.id) : null };
  }

  async *lines() {
    let books = await this.findAfter(0, EXPORT_BATCH);
    while (books.length > 0) {
      yield books.map((book) => `${JSON.stringify(book)}\n`).join('');
      books = await this.findAfter(books.at(-1)?.id ?? 0, EXPORT_BATCH);
    }
  }

  private async findAfter(after: number, take: number, search?: string) {
    const matching = (id: string) =>
      `${id} > :after and ${id} in (select rowid from book_words where book_words match :search)`;
    const where = { id: search ? Raw(matching, { after, search }) : MoreThan(after) };
    const books = await this.books.find({ where, relations: RELATIONS, order: { id: 'asc' }, take });
    return books.map(toView);
  }
}

function toView({ id, title, summary, isbn, languages, publishedOn, authors, genres }: Book) {
  return {
    id,
    title,
    summary,
    isbn,
    languages: inOrder(languages).map(({ language }) => language),
    publishedOn,
    authors: inOrder(authors).map(({ author, role }) => ({ id: author.id, name: author.name, role })),
    genres: genres
      .toSorted((one, other) => (one.nameKey < other.nameKey ? -1 : 1))
      .map((genre) => ({ id: genre.id, name: genre.name })),
  };
}

/** Sorted here: TypeORM 1.1 counts rows and not books when it takes a page in an order of joined tables. */
function inOrder<Item extends { position: number }>(items: Item[]): Item[] {
  return items.toSorted((one, other) => one.position - other.position);
}
