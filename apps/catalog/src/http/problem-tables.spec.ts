import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HTTP_PROBLEMS } from '@evernest/process-guard';

const SOURCES = resolve('apps/catalog/src');

interface ProblemTable {
  readonly table: Readonly<Record<string, { readonly status: number; readonly title: string }>>;
}

/** Those of all features, also of one that was added without a thought of this test. */
async function problemTables(): Promise<ProblemTable[]> {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' });
  const modules = files
    .filter((file) => file.endsWith('.problems.ts'))
    .map((file) => import(join(SOURCES, file)) as Promise<Record<string, ProblemTable>>);
  return (await Promise.all(modules)).flatMap((exported) => Object.values(exported));
}

describe('docs/errors.md', () => {
  it('lists every code with its status and title, and no other', async () => {
    const tables = [HTTP_PROBLEMS, ...(await problemTables())];
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
