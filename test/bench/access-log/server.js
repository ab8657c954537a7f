import { join } from 'node:path';
import Database from 'better-sqlite3';
import fastify from 'fastify';
import { LOGGERS } from './loggers.js';
import './tell-usage.js';

/** A Fastify server with one hot read that logs its requests in one of the ways. Tells its port, and what it has used of a processor when asked. */
const [, , logger, folder] = process.argv;
const ROWS = 1000;

const database = new Database(':memory:');
database.exec('create table books (id integer primary key, title text, summary text)');
const insert = database.prepare('insert into books (title, summary) values (?, ?)');
for (let row = 0; row < ROWS; row += 1) insert.run(`Book ${row}`, 'A summary of some length. '.repeat(4));
const readBook = database.prepare('select * from books where id = ?');

const app = fastify();
LOGGERS[logger](app, join(folder, `${logger}-${process.pid}.log`));
app.get('/books/:id', async ({ params }) => readBook.get(params.id));
await app.listen({ port: 0, host: '127.0.0.1' });
process.send({ port: app.server.address().port });
