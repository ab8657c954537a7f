import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Author } from './author.entity.js';
import { BookAuthor } from './book-author.entity.js';
import { BookLanguage } from './book-language.entity.js';
import { Book } from './book.entity.js';
import { BooksController } from './books.controller.js';
import { BooksService } from './books.service.js';
import { Genre } from './genre.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Book, BookAuthor, BookLanguage, Author, Genre])],
  controllers: [BooksController],
  providers: [BooksService],
})
export class BooksModule {}
