import { culpritOf } from './culprit.js';

describe('the function at fault', () => {
  it('is the first of the program, below those of Node and of packages', () => {
    const stack = `Error: at a loss (not a frame)
    at new Promise (<anonymous>)
    at node:internal/process/task_queues:95:5
    at Kysely.execute (/srv/node_modules/kysely/dist/kysely.js:1:1)
    at async BooksService.findAll (apps/catalog/src/books/books.service.ts:12:3)
    at main (apps/catalog/src/main.ts:1:1)`;
    expect(culpritOf(stack)).toBe(
      'async BooksService.findAll (apps/catalog/src/books/books.service.ts:12:3)',
    );
  });

  it("is a package's, or Node's, where the program has none", () => {
    const inPackage = '    at readFileSync (node:fs:1:1)\n    at load (/srv/node_modules/pg/index.js:1:1)';
    expect(culpritOf(inPackage)).toBe('load (/srv/node_modules/pg/index.js:1:1)');
    expect(culpritOf('    at readFileSync (node:fs:1:1)')).toBe('readFileSync (node:fs:1:1)');
    expect(culpritOf('no stack')).toBeNull();
  });
});
