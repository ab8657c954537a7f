import { readFileSync } from 'node:fs';
import { HTTP_PROBLEMS } from '@evernest/process-guard';
import { AUTHOR_PROBLEMS } from '../authors/authors.problems.js';
import { BOOK_PROBLEMS } from '../books/books.problems.js';
import { COPY_PROBLEMS } from '../copies/copies.problems.js';
import { GENRE_PROBLEMS } from '../genres/genres.problems.js';
import { REQUEST_PROBLEMS } from './http.problems.js';

describe('docs/errors.md', () => {
  it('lists every code with its status and title, and no other', () => {
    const tables = [
      HTTP_PROBLEMS,
      REQUEST_PROBLEMS,
      BOOK_PROBLEMS,
      AUTHOR_PROBLEMS,
      GENRE_PROBLEMS,
      COPY_PROBLEMS,
    ];
    const expected = tables.flatMap(({ table }) =>
      Object.entries(table).map(([code, { status, title }]) => `\`${code}\` ${status} ${title}`),
    );
    const rows = readFileSync('docs/errors.md', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').slice(1, 4))
      .map((cells) => cells.map((cell) => cell.trim()).join(' '));
    expect(rows.toSorted()).toEqual(expected.toSorted());
  });
});
