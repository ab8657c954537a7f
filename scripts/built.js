import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './project-root.js';

/**
 * `node scripts/built.js supervisor/src/cli/main.js …`: runs a built command. It is not built here, because that would
 * put new code under running workers, behind the back of a roll-out.
 */
const WRONG_USAGE = 2;
const [, , command, ...args] = process.argv;
const script = join(projectRoot, 'dist/apps', command);

if (existsSync(script)) {
  process.argv = [process.execPath, script, ...args];
  await import(pathToFileURL(script));
} else {
  console.error('This command is not built yet. Run "npm run build" first, or "npm start".');
  process.exitCode = WRONG_USAGE;
}
