import { Module } from '@nestjs/common';
import { BookIndex } from './book-index.js';

@Module({ providers: [BookIndex], exports: [BookIndex] })
export class SearchModule {}
