import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/service.js';

/** Lints one file as if it stood in the repository. @returns what the linter says. */
function lint(file: string, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'evernest-'));
  cpSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), source);
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format=unix', file], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  return stdout;
}

describe('the boundaries of the architecture', () => {
  it.each([
    ['a library that imports another', 'libs/a/src/x.ts', "import { b } from '@evernest/b';\nb();\n"],
    [
      'a library that reaches into another',
      'libs/a/src/x.ts',
      "import { b } from '../../b/src/b.js';\nb();\n",
    ],
    [
      'a library that imports an app',
      'libs/a/src/x.ts',
      "import { b } from '../../../apps/catalog/src/b.js';\nb();\n",
    ],
    [
      'a feature that imports the repository of another',
      'apps/catalog/src/books/x.ts',
      "import { A } from '../authors/authors.repository.js';\nnew A();\n",
    ],
    [
      'an app that imports a library past its alias',
      'apps/catalog/src/x.ts',
      "import { b } from '../../../libs/b/src/b.js';\nb();\n",
    ],
    ['an app that imports pm2', 'apps/catalog/src/x.ts', "import pm2 from 'pm2';\npm2();\n"],
    [
      'a file other than environment.ts that reads process.env',
      'apps/catalog/src/x.ts',
      'export const home = process.env.HOME;\n',
    ],
    ['output past the logger', 'libs/a/src/x.ts', "console.log('hello');\n"],
  ])('fail the lint of %s', (_, file, source) => {
    expect(lint(file, source)).toMatch(/no-restricted-imports|no-process-env|no-console/);
  });

  it.each([
    [
      'a feature that imports its own repository',
      'apps/catalog/src/books/x.ts',
      "import { B } from './books.repository.js';\nnew B();\n",
    ],
    [
      'a feature that imports the service of another',
      'apps/catalog/src/books/x.ts',
      "import { A } from '../authors/authors.service.js';\nnew A();\n",
    ],
    [
      'an app that imports a library by its alias',
      'apps/catalog/src/x.ts',
      "import { b } from '@evernest/b';\nb();\n",
    ],
    [
      'environment.ts that reads process.env',
      'apps/catalog/src/environment.ts',
      'export const home = process.env.HOME;\n',
    ],
  ])('let %s pass', (_, file, source) => {
    expect(lint(file, source)).not.toMatch(/no-restricted-imports|no-process-env/);
  });
});
