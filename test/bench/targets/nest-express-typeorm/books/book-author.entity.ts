import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Author } from './author.entity.js';
import type { Book } from './book.entity.js';

@Entity('book_authors')
export class BookAuthor {
  @PrimaryColumn('integer', { name: 'book_id' })
  bookId!: number;

  @PrimaryColumn('integer')
  position!: number;

  @Column('text', { nullable: true })
  role!: string | null;

  @ManyToOne('Book', 'authors')
  @JoinColumn({ name: 'book_id' })
  book!: Relation<Book>;

  @ManyToOne(() => Author)
  @JoinColumn({ name: 'author_id' })
  author!: Relation<Author>;
}
