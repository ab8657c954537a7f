import { readFileSync } from 'node:fs';
import { loadEnvironment } from './environment.js';
import { runOps } from './run-ops.js';
import { TIMING } from './surroundings.js';

/** `npm run ops -- …` */
const manifest = new URL('../../../../../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
const interruption = new AbortController();
// Only the first: a second Ctrl-C ends the process at once.
process.once('SIGINT', () => interruption.abort());
// `ops … | head` closes the pipe; there is nobody left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  interruption.abort();
});

process.exitCode = await runOps(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interruption.signal,
  version,
  loadEnvironment,
  timing: TIMING,
});
