import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { Catalogue } from '../../dist/targets/catalogue/catalogue.js';

const catalogue = new Catalogue(process.env.DATABASE_FILE);

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const [, kind, id, action] = pathname.split('/');
  if (request.method === 'POST') {
    write(request, response, Number(id), action);
  } else if (pathname === '/books/export') {
    response.setHeader('content-type', 'application/x-ndjson; charset=utf-8');
    Readable.from(catalogue.lines(), { objectMode: false }).pipe(response);
  } else if (pathname === '/health/live') {
    answer(response, 200, { status: 'ok' });
  } else if (kind === 'books' && id) {
    answerFound(response, catalogue.find(Number(id)), 404);
  } else if (kind === 'books') {
    answer(response, 200, catalogue.page(Object.fromEntries(searchParams)));
  } else {
    answer(response, 404, { error: 'Not Found' });
  }
});
server.listen(Number(process.env.PORT), '127.0.0.1');

function write(request, response, id, action) {
  if (action === 'return') {
    request.resume();
    answerFound(response, catalogue.takeBack(id), 409);
    return;
  }
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    const { borrower, dueBack } = JSON.parse(text);
    answerFound(response, catalogue.lend(id, borrower, dueBack), 409);
  });
}

function answerFound(response, found, otherwise) {
  if (found) answer(response, 200, found);
  else answer(response, otherwise, { error: otherwise === 404 ? 'Not Found' : 'Conflict' });
}

function answer(response, status, value) {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
