import { Module } from '@nestjs/common';
import { BooksController } from './books.controller.js';
import { BooksService } from './books.service.js';

/** What most services are today: a module, a controller, a service, and nothing that looks after the process. */
@Module({ controllers: [BooksController], providers: [BooksService] })
export class AppModule {}
