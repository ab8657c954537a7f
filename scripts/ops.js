import { existsSync } from 'node:fs';

/** It is not built here: that would put new code under running workers, behind the back of a roll-out. */
const commandLine = new URL('../dist/apps/supervisor/src/cli/main.js', import.meta.url);
const WRONG_USAGE = 2;

if (existsSync(commandLine)) {
  await import(commandLine);
} else {
  console.error('The command line is not built yet. Run "npm run build" first, or "npm start".');
  process.exitCode = WRONG_USAGE;
}
