import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Book } from './book.entity.js';

@Entity('book_languages')
export class BookLanguage {
  @PrimaryColumn('integer', { name: 'book_id' })
  bookId!: number;

  @PrimaryColumn('integer')
  position!: number;

  @Column('text')
  language!: string;

  @ManyToOne('Book', 'languages')
  @JoinColumn({ name: 'book_id' })
  book!: Relation<Book>;
}
