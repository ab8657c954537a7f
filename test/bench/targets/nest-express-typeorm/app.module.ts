import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BooksModule } from './books/books.module.js';
import { CopiesModule } from './copies/copies.module.js';
import { HealthController } from './health.controller.js';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'better-sqlite3',
      database: String(process.env['DATABASE_FILE']),
      enableWAL: true,
      prepareDatabase: (database: { pragma(text: string): void }) => database.pragma('synchronous = NORMAL'),
      autoLoadEntities: true,
      synchronize: false,
    }),
    BooksModule,
    CopiesModule,
  ],
  controllers: [HealthController],
})
export class AppModule {}
