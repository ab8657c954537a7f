import 'reflect-metadata';
import { Controller, Get, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import Database from 'better-sqlite3';
import { currentRequest, registerRequestContext } from '../../../dist/libs/request-context/src/index.js';
import { ProcessGuardModule } from '../../../dist/libs/process-guard/src/index.js';

/**
 * A Nest application with one hot read. It has a context per request, as every service that logs request ids; `guarded`
 * adds the process guard that shares it, `guarded-alone` one that brings its own, `hooked` in place of a guard the least
 * that anything needs that counts requests in flight. Tells its port, and its use of memory and processor when asked.
 */
const [, , variant, folder] = process.argv;
const guardOptions = { folder, ...(variant === 'guarded' && { requestContext: currentRequest }) };
const ROWS = 1000;

const database = new Database(':memory:');
database.exec('create table books (id integer primary key, title text, summary text)');
const insert = database.prepare('insert into books (title, summary) values (?, ?)');
for (let row = 0; row < ROWS; row += 1) insert.run(`Book ${row}`, 'A summary of some length. '.repeat(4));
const readBook = database.prepare('select * from books where id = ?');

class BooksController {
  read(id) {
    return readBook.get(Number(id));
  }
}
Controller('books')(BooksController);
Get(':id')(
  BooksController.prototype,
  'read',
  Object.getOwnPropertyDescriptor(BooksController.prototype, 'read'),
);
Param('id')(BooksController.prototype, 'read', 0);

class AppModule {}
Module({
  imports: variant.startsWith('guarded') ? [ProcessGuardModule.forRoot(guardOptions)] : [],
  controllers: [BooksController],
})(AppModule);

const adapter = new FastifyAdapter();
if (variant !== 'guarded-alone') registerRequestContext(adapter.getInstance());
if (variant === 'hooked') {
  const onClose = () => undefined;
  adapter.getInstance().addHook('onRequest', (_request, reply, done) => {
    reply.raw.on('close', onClose);
    done();
  });
}
const app = await NestFactory.create(AppModule, adapter, { logger: ['error'] });
await app.listen(0, '127.0.0.1');
process.on('message', () => {
  process.send({ rssBytes: process.memoryUsage.rss(), cpu: process.cpuUsage() });
});
process.on('disconnect', () => process.exit());
process.send({ port: app.getHttpServer().address().port });
