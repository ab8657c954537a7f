import { Readable } from 'node:stream';
import Fastify from 'fastify';
import { Catalogue } from '../../dist/targets/catalogue/catalogue.js';
import { BOOK, BOOK_PAGE, COPY, ID, LOAN, PAGE_QUERY } from './schemas.js';

const catalogue = new Catalogue(process.env.DATABASE_FILE);
const fastify = Fastify();

fastify.get(
  '/books',
  { schema: { querystring: PAGE_QUERY, response: { 200: BOOK_PAGE } } },
  async ({ query }) => catalogue.page(query),
);

fastify.get('/books/export', (request, reply) =>
  reply
    .type('application/x-ndjson; charset=utf-8')
    .send(Readable.from(catalogue.lines(), { objectMode: false })),
);

fastify.get(
  '/books/:id',
  { schema: { params: ID, response: { 200: BOOK } } },
  async ({ params }, reply) => catalogue.find(params.id) ?? failed(reply, 404, 'Not Found'),
);

fastify.post(
  '/copies/:id/loan',
  { schema: { params: ID, body: LOAN, response: { 200: COPY } } },
  async ({ params, body }, reply) =>
    catalogue.lend(params.id, body.borrower, body.dueBack) ?? failed(reply, 409, 'Conflict'),
);

fastify.post(
  '/copies/:id/return',
  { schema: { params: ID, response: { 200: COPY } } },
  async ({ params }, reply) => catalogue.takeBack(params.id) ?? failed(reply, 409, 'Conflict'),
);

fastify.get('/health/live', async () => ({ status: 'ok' }));

await fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });

function failed(reply, status, error) {
  reply.code(status);
  return { error };
}
