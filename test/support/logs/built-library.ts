import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../service.js';

const SOURCE = join(ROOT, 'libs/logging/src');

/** The parts of the logging library about files, compiled for processes of their own. */
export class BuiltLibrary {
  private constructor(readonly folder: string) {}

  static async build(): Promise<BuiltLibrary> {
    const folder = await mkdtemp(join(tmpdir(), 'evernest-logging-'));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    for (const part of ['files', 'rotation']) {
      for (const file of await readdir(join(SOURCE, part))) {
        if (file.endsWith('.ts') && !file.endsWith('.spec.ts')) await compile(join(part, file), folder);
      }
    }
    return new BuiltLibrary(folder);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

async function compile(file: string, folder: string): Promise<void> {
  const { outputText } = ts.transpileModule(await readFile(join(SOURCE, file), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  });
  const built = join(folder, file.replace(/\.ts$/, '.js'));
  await mkdir(dirname(built), { recursive: true });
  await writeFile(built, outputText);
}
