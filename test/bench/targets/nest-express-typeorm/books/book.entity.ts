import { Column, Entity, JoinTable, ManyToMany, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { BookAuthor } from './book-author.entity.js';
import { BookLanguage } from './book-language.entity.js';
import { Genre } from './genre.entity.js';

@Entity('books')
export class Book {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  summary!: string | null;

  @Column('text', { nullable: true })
  isbn!: string | null;

  @Column('text', { name: 'published_on', nullable: true })
  publishedOn!: string | null;

  @OneToMany(() => BookLanguage, ({ book }) => book)
  languages!: BookLanguage[];

  @OneToMany(() => BookAuthor, ({ book }) => book)
  authors!: BookAuthor[];

  @ManyToMany(() => Genre)
  @JoinTable({
    name: 'book_genres',
    joinColumn: { name: 'book_id' },
    inverseJoinColumn: { name: 'genre_id' },
  })
  genres!: Genre[];
}
