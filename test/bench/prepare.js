import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure, failure } from '../../scripts/failure.js';
import { dependenciesAreCurrent, runNpm } from '../../scripts/prepare/dependencies.js';
import { projectRoot } from '../../scripts/project-root.js';
import { run } from '../../scripts/run.js';

/** Installs what only the benchmark needs, and compiles the targets that are TypeScript. The service itself is built before. */
const HERE = fileURLToPath(new URL('.', import.meta.url));

try {
  if (!dependenciesAreCurrent(HERE)) {
    console.error('Installing what the benchmark compares with…');
    await runNpm(HERE, ['ci', '--ignore-scripts', '--loglevel=error']);
  }
  const compiler = join(projectRoot, 'node_modules/typescript/bin/tsc');
  const exitCode = await run(process.execPath, [compiler, '--project', join(HERE, 'tsconfig.json')]);
  if (exitCode !== 0)
    throw failure(`The targets do not compile (${exitCode}); what the compiler says is above.`);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
